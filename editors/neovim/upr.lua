-- upr in Neovim: copy this file to ~/.config/nvim/plugin/upr.lua. It needs the command `upr` on your PATH.
-- A Markdown file that is no brief stays quiet.

local function start(buffer)
  if vim.lsp.start then
    vim.lsp.start({ name = 'upr', cmd = { 'upr', 'server' }, root_dir = vim.fn.getcwd() }, { bufnr = buffer })
    return
  end
  -- Neovim 0.7 has no vim.lsp.start: one client for all buffers.
  vim.g.upr_client = vim.g.upr_client
    or vim.lsp.start_client({ name = 'upr', cmd = { 'upr', 'server' }, root_dir = vim.fn.getcwd() })
  vim.lsp.buf_attach_client(buffer, vim.g.upr_client)
end

vim.api.nvim_create_autocmd('FileType', {
  pattern = 'markdown',
  callback = function(event) start(event.buf) end,
})
