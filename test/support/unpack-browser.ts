import chromium from '@sparticuz/chromium'

/** Unpacks the browser before all tests, because test files that unpack it concurrently can start an incomplete browser. */
export async function setup(): Promise<void> {
  await chromium.executablePath()
}
