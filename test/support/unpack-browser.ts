import chromium from '@sparticuz/chromium'

/** Before all tests: test files that unpacked it at the same time would start a half-written browser. */
export async function setup(): Promise<void> {
  await chromium.executablePath()
}
