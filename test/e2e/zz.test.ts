import chromium from '@sparticuz/chromium'
import { chromium as browsers } from 'playwright-core'
import { test } from 'vitest'
import { startSandboxes } from '../../src/sandbox/index.ts'
import { startProcess } from '../support/server.ts'
test('x', { timeout: 90_000 }, async () => {
  const sandboxes = await startSandboxes(0)
  const server = await startProcess({ accounts: sandboxes.accounts })
  const browser = await browsers.launch({ executablePath: await chromium.executablePath(), args: ['--no-sandbox', '--disable-gpu', '--disable-dev-shm-usage'], headless: true })
  const context = await browser.newContext({ colorScheme: 'light', viewport: { width: 1400, height: 900 } })
  const page = await context.newPage()
  page.setDefaultTimeout(8000)
  await context.route('**/*', async (route) => route.continue())
  await page.goto(server.url)
  await page.locator('.graphiql-query-editor .view-lines').waitFor()
  console.log(await page.locator('.graphiql-tab').allInnerTexts())
  await page.locator('.graphiql-tab-add').click()
  await page.locator('.graphiql-query-editor .view-lines').click()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('Delete')
  await page.keyboard.insertText('{ users(first: 2, filter: { accounts: ["trueconf"] }) { nodes { vendorId } } }')
  await page.screenshot({ path: '/tmp/g1.png' })
  await page.locator('.graphiql-execute-button').click()
  await page.waitForTimeout(1500)
  await page.screenshot({ path: '/tmp/g2.png' })
  console.log(await page.locator('.graphiql-tab').allInnerTexts())
  await server.stop('SIGKILL'); await sandboxes.close(); await browser.close()
})
