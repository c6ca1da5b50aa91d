// A drafter in front of a real VS Code: opens a brief, sees what is weak, asks why, ignores one finding, reads the status bar,
// writes recommendations more, and fills the gap of a fix.
// Needs code-server on URL, chromium, and playwright-core. SETTINGS is the file of the settings of the folder. Screenshots go to SHOTS.

const fs = require('node:fs');
const path = require('node:path');
const { chromium } = require('playwright-core');

const { URL: address, WORKSPACE: workspace, SHOTS: shots, SETTINGS: settings } = process.env;
const FLAGS = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run', '--disable-background-networking', '--disable-component-update', '--disable-sync'];

function expect(condition, what) {
  if (!condition) throw new Error(what);
  console.log(`vscode: ${what}`);
}

/** Takes one of the actions that are offered here. The widget takes no clicks from a driver, so that the keys go down to it. */
async function choose(page, title) {
  const wanted = page.locator('.action-widget .monaco-list-row', { hasText: title });
  // While the editor still moves, after a tab was closed, it says that there is none.
  for (let turn = 0; turn < 5 && !(await wanted.isVisible()); turn += 1) {
    await page.keyboard.press('Control+.');
    await wanted.waitFor({ timeout: 3000 }).catch(() => page.keyboard.press('Escape'));
  }
  const chosen = page.locator('.action-widget .monaco-list-row.focused');
  for (let turn = 0; turn < 20 && !(await chosen.innerText()).includes(title); turn += 1) await page.keyboard.press('ArrowDown');
  await page.keyboard.press('Enter');
}

async function main() {
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS });
  const page = await browser.newPage({ viewport: { width: 1280, height: 1100 } });
  const shot = (name) => page.screenshot({ path: path.join(shots, `${name}.png`) });
  try {
    await page.goto(`${address}/?folder=${encodeURIComponent(workspace)}`, { waitUntil: 'domcontentloaded' });
    await page.locator('.explorer-viewlet .monaco-list-row', { hasText: 'sample.md' }).dblclick({ timeout: 90000 });
    await page.waitForSelector('.squiggly-warning', { timeout: 60000 });
    expect(true, 'weak places are underlined');

    const status = page.locator('.statusbar-item', { hasText: 'UPR' });
    await status.waitFor({ timeout: 10000 });
    const figures = await status.innerText();
    expect(/UPR \d\.\d\/2 p · 2\/4 issues · \d\/3 SMART/.test(figures), `the status bar says “${figures.trim()}”`);

    await page.keyboard.press('Control+Shift+M');
    const problems = page.locator('.markers-panel');
    await problems.locator('.monaco-list-row', { hasText: 'as soon as possible' }).waitFor({ timeout: 10000 });
    const before = await page.locator('.markers-panel .monaco-list-row').count();
    expect(before >= 8, `the panel lists ${before - 1} findings`);
    await shot('problems');

    const vague = page.locator('.view-line', { hasText: 'as soon as possible' }).locator('span span', { hasText: 'as soon' }).first();
    await vague.hover();
    await page.locator('.monaco-hover', { hasText: 'time-bound' }).first().waitFor({ timeout: 10000 });
    expect(true, 'the mouse over a finding tells why');
    await shot('hover');
    await page.keyboard.press('Escape');

    await problems.locator('.monaco-list-row', { hasText: 'as soon as possible' }).dblclick();
    await page.waitForTimeout(500);
    await page.keyboard.press('Control+.');
    const action = page.locator('.action-widget .monaco-list-row', { hasText: 'Ignore time-bound/vague-deadline here' });
    await action.waitFor({ timeout: 10000 });
    await shot('action');
    // The widget takes no clicks from a driver; its first entry is chosen already.
    await page.keyboard.press('Enter');
    await problems.locator('.monaco-list-row', { hasText: 'as soon as possible' }).waitFor({ state: 'detached', timeout: 10000 });
    expect(true, 'the finding that was ignored is gone');
    await shot('after');

    const usual = JSON.parse(fs.readFileSync(settings, 'utf8'));
    fs.writeFileSync(settings, JSON.stringify({ ...usual, 'upr.review': '2019-01' }));
    const late = problems.locator('.monaco-list-row', { hasText: 'July 2023' }).first();
    await late.waitFor({ timeout: 20000 });
    expect(true, 'a setting that is changed counts at once: the limit is that of another review');
    fs.writeFileSync(settings, JSON.stringify(usual));
    await late.waitFor({ state: 'detached', timeout: 20000 });

    // A recommendation more, typed below the first one. The editor may put a list mark there by itself; it is written over.
    await page.locator('.view-line', { hasText: 'Establish an independent inspectorate' }).click();
    for (const key of ['End', 'Enter', 'Shift+Home']) await page.keyboard.press(key);
    await page.keyboard.type('- Publish the reports of all inspections by ', { delay: 20 });
    const offer = page.locator('.suggest-widget.visible .monaco-list-row', { hasText: 'November 2028' });
    await offer.waitFor({ timeout: 10000 });
    expect(true, 'behind “by” dates are offered');
    await shot('completion');
    await page.keyboard.press('Enter');
    await page.locator('.view-line', { hasText: 'inspections by November 2028' }).waitFor({ timeout: 10000 });
    expect(true, 'the date that was chosen stands in the brief');

    for (const key of ['End', 'Enter', 'Shift+Home']) await page.keyboard.press(key);
    await page.keyboard.type('- Train 40 inspectors within two years of the review', { delay: 20 });
    await page.keyboard.press('Escape');
    await page.locator('.view-line', { hasText: '= by 5 November 2028' }).waitFor({ timeout: 10000 });
    expect(true, 'behind a relative deadline stands its date');
    await shot('hints');

    // A recommendation without a date: its rule is explained, and the gap that mends it is written over.
    for (const key of ['End', 'Enter', 'Shift+Home']) await page.keyboard.press(key);
    await page.keyboard.type('- Publish all reports of the inspectorate.', { delay: 20 });
    const undated = problems.locator('.monaco-list-row', { hasText: 'does not say by when' });
    await undated.waitFor({ timeout: 10000 });
    for (const key of ['Home', 'ArrowRight', 'ArrowRight', 'ArrowRight']) await page.keyboard.press(key);
    await choose(page, 'Explain time-bound/missing-deadline');
    await page.locator('.view-line', { hasText: 'A recommendation with no deadline.' }).waitFor({ timeout: 10000 });
    expect(true, 'the page of a rule is an action away');
    for (const key of ['Control+w', 'Control+1']) await page.keyboard.press(key);
    await choose(page, 'Add “, by [DATE]”');
    await page.locator('.view-line', { hasText: 'inspectorate, by [DATE].' }).waitFor({ timeout: 10000 });
    await shot('gap');
    await page.keyboard.type('December 2027');
    await page.locator('.view-line', { hasText: 'inspectorate, by December 2027.' }).waitFor({ timeout: 10000 });
    expect(true, 'the gap of a fix is selected, and what is typed takes its place');
    await undated.waitFor({ state: 'detached', timeout: 10000 });

    // The settings of this folder mend on saving what has one right answer.
    // The line may have gone out of sight, and only lines in sight are there.
    await page.keyboard.press('Control+Home');
    await page.locator('.view-line', { hasText: 'Contact: zcrc' }).click();
    for (const key of ['End', 'Enter', 'Enter']) await page.keyboard.press(key);
    await page.keyboard.type('In 2021 Zemland rejected 14 recommendations.', { delay: 20 });
    await problems.locator('.monaco-list-row', { hasText: 'rejected' }).first().waitFor({ timeout: 10000 });
    await page.keyboard.press('Control+s');
    await page.locator('.view-line', { hasText: 'In 2021 Zemland noted 14 recommendations.' }).waitFor({ timeout: 10000 });
    expect(true, 'what has one right answer is mended when the brief is saved');

    await page.keyboard.press('F1');
    await page.keyboard.type('UPR: New brief');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'New brief from the model' }).first().click();
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Français' }).click();
    await page.locator('.quick-input-widget', { hasText: 'The State under review' }).waitFor({ timeout: 10000 });
    await page.keyboard.type('Togo');
    await page.keyboard.press('Enter');
    await page.locator('.view-line', { hasText: 'Examen périodique universel, Togo' }).waitFor({ timeout: 10000 });
    expect(true, 'a new brief has the State, in the language that was chosen');
  } catch (error) {
    await shot('failed');
    throw error;
  } finally {
    await browser.close();
  }
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});
