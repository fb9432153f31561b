import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { build, preview, type PreviewServer } from 'vite'
import { start } from '../cli/run.ts'
import { launchBrowser } from '../support/browser.ts'
import type { queryWithAll, uploadFile } from './clients/main.ts'

const root = fileURLToPath(new URL('clients', import.meta.url))
let folder: string
let site: PreviewServer
let browser: Browser
let sandbox: ChildProcess
/** Server that was started without a configuration. */
let url: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-clients-'))
  const common = { root, configFile: false, logLevel: 'warn' } as const
  await build({ ...common, build: { outDir: join(folder, 'site'), emptyOutDir: true } })
  site = await preview({ ...common, build: { outDir: join(folder, 'site') }, preview: { host: '127.0.0.1', port: 0 } })
  browser = await launchBrowser()
  sandbox = start(['serve'], { cwd: folder, env: { PORT: '0', PARLEY_SANDBOX_PORT: '0' } }).child
  const [greeting] = (await once(sandbox.stdout!, 'data')) as [Buffer]
  url = /http:\S+\/graphql/.exec(String(greeting))![0]
})
afterAll(async () => {
  sandbox?.kill('SIGKILL')
  await browser?.close()
  await site?.close()
  await rm(folder, { recursive: true, force: true })
})

test('lets the clients of a frontend in development read from the sandbox', async () => {
  const page = await browser.newPage()
  await page.goto(site.resolvedUrls!.local[0]!)
  const results = await page.evaluate(
    (address) => (globalThis as unknown as { queryWithAll: typeof queryWithAll }).queryWithAll(address),
    url,
  )
  const accounts = expect.objectContaining({
    accounts: ['zoom', 'trueconf', 'imeetcentral'].map((key) => expect.objectContaining({ key })),
  })
  for (const [client, result] of Object.entries(results)) expect(result, client).toEqual(accounts)
  expect(Object.keys(results)).toHaveLength(7)
})

test('uploads a File with the TypeScript client', async () => {
  const page = await browser.newPage()
  await page.goto(site.resolvedUrls!.local[0]!)
  const payload = await page.evaluate(
    (address) => (globalThis as unknown as { uploadFile: typeof uploadFile }).uploadFile(address),
    url,
  )
  expect(payload).toMatchObject({
    outcome: 'SUCCEEDED',
    file: { name: 'minutes.txt', contentType: 'text/plain', size: 12 },
  })
})
