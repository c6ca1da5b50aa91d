// The extension starts `upr server` and shows what it says. All that it knows of briefs, it knows from the program.

import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import * as path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, LanguageClientOptions, ServerOptions, State } from 'vscode-languageclient/node';

let client: LanguageClient | undefined;
let status: vscode.StatusBarItem;
const figures = new Map<string, Figures>();

/** What the server tells of a brief after each change. */
interface Figures {
  uri: string;
  short: string;
  long: string;
}

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  status = vscode.window.createStatusBarItem('upr.figures', vscode.StatusBarAlignment.Right, 90);
  status.name = 'UPR brief';
  status.command = 'workbench.actions.view.problems';
  context.subscriptions.push(
    status,
    vscode.commands.registerCommand('upr.restart', () => restart(context)),
    vscode.commands.registerCommand('upr.explainRule', (rule?: unknown) => explainRule(context, rule)),
    vscode.commands.registerCommand('upr.showOutline', () => showOutline(context)),
    vscode.commands.registerCommand('upr.lintAll', () => lintAll(context)),
    vscode.commands.registerCommand('upr.newBrief', () => newBrief(context)),
    vscode.tasks.registerTaskProvider('upr', new Tasks(context)),
    vscode.workspace.registerTextDocumentContentProvider('upr', { provideTextDocumentContent: explained }),
    vscode.window.onDidChangeActiveTextEditor(showFigures),
    vscode.workspace.onDidCloseTextDocument((document) => figures.delete(document.uri.toString())),
    vscode.workspace.onDidChangeConfiguration((change) => {
      // Of the others the program learns from the client, without a restart.
      if (change.affectsConfiguration('upr.path')) void restart(context);
    }),
  );
  await restart(context);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

/** The program: the one of the settings, else the one inside the extension, else the one on the PATH. */
function program(context: vscode.ExtensionContext): string {
  const own = vscode.workspace.getConfiguration('upr').get<string>('path', '').trim();
  if (own !== '') return own;
  const inside = context.asAbsolutePath(path.join('bin', process.platform === 'win32' ? 'upr.exe' : 'upr'));
  return existsSync(inside) ? inside : 'upr';
}

/** What is set for the program, under the names that it has for it. */
interface Settings {
  rules: string[];
  state: string;
  session: number | null;
  review: string;
}

function settings(): Settings {
  const own = vscode.workspace.getConfiguration('upr');
  return { rules: own.get('rules', []), state: own.get('state', ''), session: own.get('session', null), review: own.get('review', '') };
}

/** The arguments for the rule folders of the settings. */
function rules(): string[] {
  const root = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
  return settings().rules.flatMap((folder) => ['--rules', path.isAbsolute(folder) || root === undefined ? folder : path.join(root, folder)]);
}

/** The arguments for what the settings say of the review. */
function review(): string[] {
  const { state, session, review } = settings();
  const said = Object.entries({ state, session: session ?? '', review }).filter(([, value]) => value !== '');
  return said.flatMap(([key, value]) => [`--${key}`, String(value)]);
}

/** Runs the program to its end. The exit code 1 means findings and is no failure. */
function run(context: vscode.ExtensionContext, args: string[], input?: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const cwd = vscode.workspace.workspaceFolders?.[0]?.uri.fsPath;
    const child = execFile(program(context), args, { cwd, maxBuffer: 1 << 26 }, (error, out, err) => {
      const failed = error !== null && error.code !== 1;
      if (failed) reject(new Error(err.trim() || error.message));
      else resolve(out);
    });
    child.stdin?.end(input ?? '');
  });
}

/** Texts that are written, not old versions of them: beside a change VS Code opens what stood there before, under `git:`. */
function selector(): { scheme: string; language: string }[] {
  const folders = (vscode.workspace.workspaceFolders ?? []).map((folder) => folder.uri.scheme);
  return [...new Set(['file', 'untitled', 'vscode-vfs', ...folders])].map((scheme) => ({ scheme, language: 'markdown' }));
}

async function start(context: vscode.ExtensionContext): Promise<void> {
  const command = program(context);
  try {
    await run(context, ['--version']);
  } catch (error) {
    void complain(`The program “${command}” cannot be started (${(error as Error).message}). Install it, or say in the setting upr.path where it is.`);
    return;
  }
  const server: ServerOptions = { command, args: ['server'] };
  const options: LanguageClientOptions = {
    documentSelector: selector(),
    outputChannelName: 'UPR briefs',
    initializationOptions: { figures: true, explain: true, ...settings() },
  };
  client = new LanguageClient('upr', 'UPR briefs', server, options);
  client.onNotification('upr/figures', (told: Figures) => {
    figures.set(told.uri, told);
    showFigures();
  });
  client.onDidChangeState((change) => {
    if (change.newState === State.Stopped) status.hide();
  });
  try {
    await client.start();
  } catch (error) {
    void complain(`“${command} server” did not start: ${(error as Error).message}. The output panel “UPR briefs” says more.`);
  }
}

/** What is started or stopped now: one after the other, so that there are never two programs at work. */
let turn: Promise<void> = Promise.resolve();

function restart(context: vscode.ExtensionContext): Promise<void> {
  turn = turn.then(() => anew(context));
  return turn;
}

async function anew(context: vscode.ExtensionContext): Promise<void> {
  const old = client;
  client = undefined;
  figures.clear();
  showFigures();
  // A server that does not stop in time is ended by the client itself.
  await old?.stop().catch(() => undefined);
  await start(context);
}

async function complain(message: string): Promise<void> {
  const settings = 'Open the settings';
  if ((await vscode.window.showErrorMessage(message, settings)) === settings) {
    await vscode.commands.executeCommand('workbench.action.openSettings', 'upr.path');
  }
}

function showFigures(): void {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  const told = uri === undefined ? undefined : figures.get(uri);
  if (told === undefined || told.short === '') {
    status.hide();
    return;
  }
  status.text = told.short;
  status.tooltip = told.long;
  status.show();
}

/** Shows a text that the program wrote, in a tab of its own. */
async function show(text: string): Promise<void> {
  const document = await vscode.workspace.openTextDocument({ content: text, language: 'plaintext' });
  await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
}

/** Does what a command asks for and says what went wrong, if something does. */
async function attempt(action: () => Promise<void>): Promise<void> {
  try {
    await action();
  } catch (error) {
    await complain((error as Error).message);
  }
}

/** The page of a rule, under its address `upr:/time-bound/missing-deadline.txt`. */
async function explained(uri: vscode.Uri): Promise<string> {
  const rule = uri.path.replace(/^\//, '').replace(/\.txt$/, '');
  const page = await client?.sendRequest<string | null>('upr/explain', { rule });
  return page ?? `There is no rule “${rule}”.`;
}

interface RuleList {
  rules: { id: string; title: string; severity: string }[];
}

/** Shows the page of a rule: the one that an action of the editor names, else one that is chosen from all. */
function explainRule(context: vscode.ExtensionContext, named: unknown): Promise<void> {
  return attempt(async () => {
    const rule = typeof named === 'string' ? named : await choose(context);
    if (rule === undefined) return;
    const page = await vscode.workspace.openTextDocument(vscode.Uri.from({ scheme: 'upr', path: `/${rule}.txt` }));
    await vscode.window.showTextDocument(page, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  });
}

/** Lets the user choose a rule; what the cursor stands on comes first. */
async function choose(context: vscode.ExtensionContext): Promise<string | undefined> {
  const all = JSON.parse(await run(context, ['rules', '--format', 'json', ...rules()])) as RuleList;
  const editor = vscode.window.activeTextEditor;
  const here = editor === undefined ? [] : vscode.languages.getDiagnostics(editor.document.uri).filter((found) => found.source === 'upr');
  const found = new Set(here.filter((one) => editor?.selection.intersection(one.range) !== undefined).map((one) => code(one)));
  const sorted = [...all.rules].sort((a, b) => Number(found.has(b.id)) - Number(found.has(a.id)));
  const items = sorted.map((rule) => ({ label: rule.id, description: rule.severity, detail: rule.title }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Which rule?', matchOnDetail: true }))?.label;
}

/** The name of the rule that speaks; with an address of its page it stands beside it. */
function code(found: vscode.Diagnostic): string {
  return String(typeof found.code === 'object' ? found.code.value : found.code);
}

function showOutline(context: vscode.ExtensionContext): Promise<void> {
  return attempt(async () => {
    const document = vscode.window.activeTextEditor?.document;
    if (document?.languageId !== 'markdown') throw new Error('Open a brief first.');
    const name = path.basename(document.fileName);
    await show(await run(context, ['outline', '-', '--stdin-filename', name, ...rules(), ...review()], document.getText()));
  });
}

async function lintAll(context: vscode.ExtensionContext): Promise<void> {
  await vscode.tasks.executeTask(task(context, []));
}

/** The brief that `upr new` writes, in a new editor. */
async function newBrief(context: vscode.ExtensionContext): Promise<void> {
  return attempt(async () => {
    const languages = [
      { label: 'English', code: 'en' },
      { label: 'Français', code: 'fr' },
      { label: 'Español', code: 'es' },
    ];
    const language = await vscode.window.showQuickPick(languages, { title: 'New brief', placeHolder: 'In which language?' });
    if (!language) return;
    const state = await vscode.window.showInputBox({
      title: 'New brief',
      prompt: 'The State under review. Leave it empty to fill it in later.',
      value: vscode.workspace.getConfiguration('upr').get<string>('state', ''),
    });
    if (state === undefined) return;
    const content = await run(context, ['new', '--lang', language.code, ...(state.trim() ? ['--state', state.trim()] : [])]);
    await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ content, language: 'markdown' }));
  });
}

/** `upr lint` as a task, whose findings go to the panel of problems. */
function task(context: vscode.ExtensionContext, paths: string[], definition?: vscode.TaskDefinition): vscode.Task {
  const scope = vscode.workspace.workspaceFolders?.[0] ?? vscode.TaskScope.Workspace;
  const command = new vscode.ProcessExecution(program(context), ['lint', '--format', 'concise', ...rules(), ...review(), '--', ...paths]);
  return new vscode.Task(definition ?? { type: 'upr', paths }, scope, 'check all briefs', 'upr', command, '$upr');
}

class Tasks implements vscode.TaskProvider {
  constructor(private readonly context: vscode.ExtensionContext) {}

  provideTasks(): vscode.Task[] {
    return [task(this.context, [])];
  }

  resolveTask(asked: vscode.Task): vscode.Task {
    const paths = (asked.definition.paths as string[] | undefined) ?? [];
    return task(this.context, paths, asked.definition);
  }
}
