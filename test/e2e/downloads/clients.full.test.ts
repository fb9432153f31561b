import { execFile } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from 'vitest'
import { launchBrowser } from '../../support/browser.ts'
import { serveBytes, type Serve } from './file-host.ts'
import { createPath, startDownloadFixture, type DownloadFixture } from './fixture.ts'

const run = promisify(execFile)
const bytes = randomBytes(8 * 1024 ** 2)
const expected = createHash('sha256').update(bytes).digest('hex')
const folder = mkdtempSync(join(tmpdir(), 'parley-download-'))
const file = join(folder, 'recording.mkv')
let fixture: DownloadFixture

beforeAll(async () => void (fixture = await startDownloadFixture(serveBytes(bytes))))
beforeEach(() => {
  rmSync(file, { force: true })
  fixture.host.requests.length = 0
})
afterAll(async () => {
  await fixture.close()
  rmSync(folder, { recursive: true, force: true })
})

/** Cuts the first three responses after 1 MB. */
function serveWithCuts(): Serve {
  let cuts = 3
  return (request, response) => {
    if (request.method === 'HEAD' || cuts-- <= 0) return serveBytes(bytes)(request, response)
    const start = Number(/^bytes=(\d+)-/.exec(request.headers.range ?? '')?.[1] ?? 0)
    const size = bytes.length
    response.writeHead(start === 0 ? 200 : 206, {
      'content-length': size - start,
      'accept-ranges': 'bytes',
      ...(start > 0 && { 'content-range': `bytes ${start}-${size - 1}/${size}` }),
    })
    response.write(bytes.subarray(start, start + 1_000_000), () => setImmediate(() => response.destroy()))
  }
}

const hashFile = (): string => createHash('sha256').update(readFileSync(file)).digest('hex')

/** Runs a command until it succeeds. Returns the exit codes. */
async function runAgain(command: string, args: readonly string[]): Promise<number[]> {
  const codes: number[] = []
  while (codes.length < 6 && codes.at(-1) !== 0)
    codes.push(
      await run(command, args).then(
        () => 0,
        (error: { code: number }) => error.code,
      ),
    )
  return codes
}

const urllib = `
import os, sys, urllib.request
url, path = sys.argv[1:]
done = os.path.getsize(path) if os.path.exists(path) else 0
request = urllib.request.Request(url, headers={'Range': f'bytes={done}-'} if done else {})
with urllib.request.urlopen(request) as response, open(path, 'ab') as target:
    if done: assert response.status == 206
    expected = int(response.headers['Content-Length'])
    received = 0
    while chunk := response.read1(65536):
        received += target.write(chunk)
    sys.exit(0 if received == expected else 18)
`

test.each([
  ['curl', ['--silent', '--fail', '--continue-at', '-', '--output', file]],
  ['wget', ['--quiet', '--tries', '1', '--continue', '--output-document', file]],
])('%s notices that a download breaks off, and continues it', async (command, args) => {
  fixture.host.serve = serveWithCuts()
  const codes = await runAgain(command, [...args, fixture.url + createPath()])
  expect(codes.slice(0, 3).every((code) => code !== 0)).toBe(true)
  expect(codes.slice(3)).toEqual([0])
  expect(hashFile()).toBe(expected)
})

test("Python's urllib notices that a download breaks off, and continues it", async () => {
  fixture.host.serve = serveWithCuts()
  const script = join(folder, 'download.py')
  writeFileSync(script, urllib)
  const codes = await runAgain('python3', [script, fixture.url + createPath(), file])
  expect(codes).toHaveLength(4)
  expect(codes.at(-1)).toBe(0)
  expect(hashFile()).toBe(expected)
})

/** Returns a WAV file with silence. */
function createSilence(seconds: number): Buffer {
  const rate = 44_100
  const size = seconds * rate * 2
  const header = Buffer.alloc(44)
  header.write('RIFF')
  header.writeUInt32LE(36 + size, 4)
  header.write('WAVEfmt ', 8)
  header.writeUInt32LE(16, 16)
  header.writeUInt16LE(1, 20)
  header.writeUInt16LE(1, 22)
  header.writeUInt32LE(rate, 24)
  header.writeUInt32LE(rate * 2, 28)
  header.writeUInt16LE(2, 32)
  header.writeUInt16LE(16, 34)
  header.write('data', 36)
  header.writeUInt32LE(size, 40)
  return Buffer.concat([header, Buffer.alloc(size)])
}

test('Chromium seeks in a video element of a page of another origin', async () => {
  const sound = createSilence(1_200)
  fixture.host.serve = serveBytes(sound)
  const link = fixture.url + createPath({ contentType: 'audio/wav' }, 'sound.wav')
  const site = createServer((_, response) =>
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end(`<!doctype html><video preload="auto" src="${link}"></video>`),
  )
  await new Promise<void>((resolve) => site.listen(0, '127.0.0.1', resolve))
  const browser = await launchBrowser()
  onTestFinished(async () => {
    await browser.close()
    site.close().closeAllConnections()
  })
  const page = await browser.newPage()
  await page.goto(`http://127.0.0.1:${(site.address() as AddressInfo).port}/`)
  const video = page.locator('video')
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.duration)).toBe(1_200)
  const time = await video.evaluate(
    (element: HTMLVideoElement) =>
      new Promise((resolve) => {
        element.addEventListener('seeked', () => resolve(element.currentTime), { once: true })
        element.currentTime = 1_100
      }),
  )
  expect(time).toBe(1_100)
  const starts = fixture.host.requests.map(({ headers }) => Number(/\d+/.exec(headers.range ?? '')?.[0] ?? 0))
  expect(Math.max(...starts)).toBeGreaterThan(sound.length / 2)
})
