import chromium from '@sparticuz/chromium'
import { chromium as browsers, type Browser } from 'playwright-core'

/** Starts a headless Chromium that resolves no host name, so that it can reach only this machine. */
export async function launchBrowser(): Promise<Browser> {
  return browsers.launch({
    executablePath: await chromium.executablePath(),
    // Without the package's own arguments: in a single process, the editor and its workers would wait for each other.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-dev-shm-usage',
      '--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1',
    ],
    headless: true,
  })
}
