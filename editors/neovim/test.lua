-- Opens a brief in a real Neovim: findings come, one is ignored by its code action, and it is gone.
-- nvim --headless -u NONE -n -c 'luafile editors/neovim/test.lua' (from the project; UPR_BRIEF names the brief)

local function say(text) io.stdout:write(text .. '\n') end
local function fail(text) say('neovim: ' .. text); vim.cmd('cquit 1') end

local function run()
  vim.cmd('filetype on')
  dofile('editors/neovim/upr.lua')
  vim.cmd('edit ' .. vim.fn.fnameescape(os.getenv('UPR_BRIEF')))
  if not vim.wait(10000, function() return #vim.diagnostic.get(0) > 0 end, 50) then return fail('no findings came') end
  local found = vim.diagnostic.get(0)
  local function code(diagnostic) return diagnostic.code or diagnostic.user_data.lsp.code end
  local vague
  for _, diagnostic in ipairs(found) do
    if code(diagnostic) == 'time-bound/vague-deadline' then vague = diagnostic end
  end
  if not vague then return fail('time-bound/vague-deadline was not found') end
  local words = vim.api.nvim_buf_get_lines(0, vague.lnum, vague.lnum + 1, false)[1]:sub(vague.col + 1, vague.end_col)
  if words ~= 'as soon as possible' then return fail('the finding marks "' .. words .. '"') end
  local params = vim.lsp.util.make_given_range_params({ vague.lnum + 1, vague.col }, { vague.lnum + 1, vague.col })
  params.context = { diagnostics = {} }
  local done = false
  for client, answer in pairs(vim.lsp.buf_request_sync(0, 'textDocument/codeAction', params, 5000) or {}) do
    for _, action in ipairs(answer.result or {}) do
      if action.title == 'Ignore time-bound/vague-deadline here' then
        vim.lsp.util.apply_workspace_edit(action.edit, vim.lsp.get_client_by_id(client).offset_encoding)
        done = true
      end
    end
  end
  if not done then return fail('the finding cannot be ignored by a code action') end
  local gone = vim.wait(5000, function()
    for _, diagnostic in ipairs(vim.diagnostic.get(0)) do
      if code(diagnostic) == 'time-bound/vague-deadline' then return false end
    end
    return true
  end, 50)
  if not gone then return fail('the finding is still there') end
  say('neovim: ' .. #found .. ' findings, one ignored and gone')
  vim.cmd('qall!')
end

local ok, message = pcall(run)
if not ok then fail(tostring(message)) end
