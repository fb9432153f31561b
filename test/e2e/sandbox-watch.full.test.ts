import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest'
import { linesOf, run, start } from '../cli/run.ts'
import { launchBrowser } from '../support/browser.ts'
import '../support/patience.ts'

let folder: string
let sandbox: ReturnType<typeof start>['child']
let browser: Browser
let url: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-sandbox-watch-'))
  browser = await launchBrowser()
  sandbox = start(['serve'], { cwd: folder, env: { PORT: '0', PARLEY_SANDBOX_PORT: '0' } }).child
  const [greeting] = (await once(sandbox.stdout!, 'data')) as [Buffer]
  url = /http:\S+\/graphql/.exec(String(greeting))![0]
}, 60_000)
afterAll(async () => {
  sandbox?.kill('SIGKILL')
  await browser?.close()
  await rm(folder, { recursive: true, force: true })
})

interface PrintedEvent {
  type: string
  origin: string
  account: { key: string }
  conferenceId: string
}

/** Starts `parley watch`, and returns its events so far. Resolves when every account is watched. */
async function watch(...args: string[]): Promise<() => PrintedEvent[]> {
  const { child } = start(['watch', '--url', url, ...args])
  onTestFinished(() => void child.kill('SIGKILL'))
  const printed = { stdout: '', stderr: '' }
  child.stdout!.on('data', (text: Buffer) => (printed.stdout += text.toString()))
  child.stderr!.on('data', (text: Buffer) => (printed.stderr += text.toString()))
  await vi.waitFor(() => {
    for (const key of ['zoom', 'trueconf', 'imeetcentral']) expect(printed.stderr).toContain(`${key}: watched by`)
  })
  return () => linesOf(printed.stdout).map((line) => (JSON.parse(line) as { event: PrintedEvent }).event)
}

const listSorted = (events: PrintedEvent[]): string[] =>
  events.map(({ type, origin, account }) => `${account.key} ${type} ${origin}`).toSorted()

async function create(account: string, ...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await run([
    'conference',
    'create',
    '--account',
    account,
    '--title',
    'Plan',
    ...args,
    '--url',
    url,
  ])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  return (JSON.parse(stdout) as { id: string }).id
}

test('prints the conferences that are created, started, and ended in the sandbox', async () => {
  const readEvents = await watch()
  await create('zoom', '--owner', 'ada.1200@example.com', '--starts-at', '2030-01-07T09:00:00Z')
  const { stdout: owner } = await run(['users', 'list', '--account', 'trueconf', '--first', '1', '--url', url])
  const id = await create('trueconf', '--owner', (JSON.parse(owner) as { id: string }).id)
  await create('imeetcentral')
  await vi.waitFor(() =>
    expect(listSorted(readEvents())).toEqual([
      'imeetcentral CREATED POLL',
      'trueconf CREATED POLL',
      'zoom CREATED WEBHOOK',
    ]),
  )
  for (const command of ['run', 'end']) {
    expect(await run(['conference', command, id, '--url', url])).toMatchObject({ code: 0 })
    const type = command === 'run' ? 'STARTED' : 'ENDED'
    await vi.waitFor(() => expect(readEvents().at(-1)).toMatchObject({ type, conferenceId: id, origin: 'POLL' }))
  }
  expect(readEvents()).toHaveLength(5)
})

test('shows in GraphiQL what the mutations of another browser tab do', async () => {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 } })
  onTestFinished(() => context.close())
  const [watching, changing] = [
    await openTab(await context.newPage(), 'Watch'),
    await openTab(await context.newPage(), 'Create'),
  ]
  await watching.locator('.graphiql-execute-button').click()
  const readResult = async (): Promise<string> =>
    ((await watching.locator('.result-window .view-lines').textContent()) ?? '').replaceAll('\u00a0', ' ')
  await expect.poll(readResult, { timeout: 20_000 }).toMatch(/(?:"LIVE".*){3}/)
  await changing.locator('.graphiql-execute-button').click()
  await expect.poll(readResult, { timeout: 20_000 }).toContain('"CREATED"')
  expect(await readResult()).toContain('"Planning"')
  const { SCREENSHOTS: shots } = process.env
  if (shots) await watching.screenshot({ path: `${shots}/sandbox-watch.png` })
})

async function openTab(page: Page, title: string): Promise<Page> {
  await page.goto(url)
  await page.locator(`.graphiql-tab-button[title="${title}"]`).press('Enter')
  await expect
    .poll(() => page.locator('.graphiql-query-editor .view-lines').textContent(), { timeout: 20_000 })
    .toContain(title)
  return page
}
