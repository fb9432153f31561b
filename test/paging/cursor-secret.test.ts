import { fork } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { createCursorSecret, keepCursorSecret } from '../../src/paging/cursor-secret.ts'

function temporary(): string {
  const folder = mkdtempSync(join(tmpdir(), 'parley-secret-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('creates one secret for a folder, readable only by its owner, and no other file', () => {
  const folder = join(temporary(), 'data')
  const secret = keepCursorSecret(folder)
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(keepCursorSecret(folder)).toBe(secret)
  expect(readdirSync(folder)).toEqual(['cursor-secret'])
  expect(statSync(join(folder, 'cursor-secret')).mode & 0o777).toBe(0o600)
})

test.each([
  ['an empty file', ''],
  ['a short secret', 'x'.repeat(42)],
  ['a long text', 'x'.repeat(1_000_000)],
  ['bytes', '\u0000'.repeat(43)],
])('replaces %s', (_, content) => {
  const folder = temporary()
  writeFileSync(join(folder, 'cursor-secret'), content)
  const secret = keepCursorSecret(folder)
  expect(secret).toMatch(/^[\w-]{43}$/)
  expect(readFileSync(join(folder, 'cursor-secret'), 'utf8')).toBe(secret)
  expect(readdirSync(folder).toSorted()).toEqual(['cursor-secret', 'cursor-secret-spare'])
})

test('accepts a line end after the secret', () => {
  const folder = temporary()
  const secret = createCursorSecret()
  writeFileSync(join(folder, 'cursor-secret'), `${secret}\n`)
  expect(keepCursorSecret(folder)).toBe(secret)
})

test('throws if a folder has the name of the file', () => {
  const folder = temporary()
  mkdirSync(join(folder, 'cursor-secret'))
  expect(() => keepCursorSecret(folder)).toThrow('EISDIR')
})

test.each([
  ['an empty folder', null],
  ['a file without a secret', 'x'],
])('returns the same secret to processes that start at the same time with %s', async (_, content) => {
  const module = fileURLToPath(new URL('../../src/paging/cursor-secret.ts', import.meta.url))
  const folder = temporary()
  const script = join(folder, 'script.ts')
  writeFileSync(
    script,
    `import { keepCursorSecret } from ${JSON.stringify(module)}
      process.on('message', (data) => process.send(keepCursorSecret(data)))
      process.send('ready')`,
  )
  const children = Array.from({ length: 4 }, () => fork(script, { stdio: 'ignore' }))
  onTestFinished(() => children.forEach((child) => void child.kill('SIGKILL')))
  await Promise.all(children.map((child) => once(child, 'message')))
  for (let round = 0; round < 30; round++) {
    const data = join(folder, String(round))
    mkdirSync(data)
    if (content !== null) writeFileSync(join(data, 'cursor-secret'), content)
    const secrets = await Promise.all(
      children.map(async (child) => {
        const message = once(child, 'message')
        child.send(data)
        return ((await message) as [string])[0]
      }),
    )
    expect(new Set(secrets), `round ${round}`).toEqual(new Set([readFileSync(join(data, 'cursor-secret'), 'utf8')]))
  }
})
