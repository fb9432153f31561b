import chromium from '@sparticuz/chromium'
import { chromium as browsers } from 'playwright-core'
import { test } from 'vitest'
import { startSandboxes } from '../../src/sandbox/index.ts'
import { startProcess } from '../support/server.ts'
test('x', { timeout: 90_000 }, async () => {
  const sandboxes = await startSandboxes(0)
  const server = await startProcess({ accounts: sandboxes.accounts })
  const browser = await browsers.launch({ executablePath: await chromium.executablePath(), args: chromium.args.filter(a => !a.startsWith('--headless')), headless: true })
  const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1400, height: 900 } })
  const page = await context.newPage()
  page.on('request', r => console.log('REQ', r.method(), r.url().slice(0,100), r.postData()?.slice(0,60)))
  await page.goto(server.url)
  await page.locator('.graphiql-query-editor .view-lines').waitFor()
  await page.waitForLoadState('networkidle')
  await page.screenshot({ path: '/tmp/graphiql.png' })
  console.log(await page.locator('.graphiql-tab').allTextContents())
  console.log(await page.locator('.graphiql-tab').allInnerTexts())
  console.log(await page.locator('.graphiql-tabs').first().innerHTML())
  console.log(await page.locator('button').evaluateAll(bs => bs.map(b => [b.className, b.getAttribute('aria-label')].join('|'))))
  await page.locator('.graphiql-execute-button').click()
  await page.waitForTimeout(1500)
  await page.screenshot({ path: '/tmp/graphiql-run.png' })
  await server.stop('SIGKILL'); await sandboxes.close(); await browser.close()
})
