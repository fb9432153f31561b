import { spawn, spawnSync, type SpawnOptions } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, openSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test, vi } from 'vitest'
import { NamedPipe } from '../support/named-pipe.ts'

/** Returns the arguments of `node` for a script with a `log` that counts dropped lines in `dropped`. */
function toArguments(script: string): string[] {
  const module = new URL('../../src/telemetry/log.ts', import.meta.url).href
  const imports = `const { createLog } = await import('${module}'); let dropped = 0; const log = createLog('info', () => dropped++)`
  return ['--input-type=module', '-e', `${imports}\n${script}`]
}

/** Starts a script. Its stdin is open until the test ends. */
function start(script: string, stdio: SpawnOptions['stdio'] = 'pipe') {
  const child = spawn(process.execPath, toArguments(script), { stdio })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

test('drops and counts lines if stderr is not read, and continues', async () => {
  const child = start(`
    for (let number = 0; number < 80_000; number++) log.info({ url: 'x'.repeat(100) }, 'line')
    setImmediate(() => process.stdout.write(JSON.stringify({ dropped }) + '\\n'))
    process.stdin.resume()`)
  const [response] = (await once(child.stdout!, 'data')) as [Buffer]
  const { dropped } = JSON.parse(response.toString()) as { dropped: number }
  expect(dropped).toBeGreaterThan(10_000)
  expect(dropped).toBeLessThan(80_000)
})

test('writes all lines in their order to a reader that reads late', async () => {
  const child = start(`
    for (let number = 0; number < 20_000; number++) log.info({ count: number, operation: 'é' }, 'line')
    process.stdin.once('data', () => process.stdin.destroy())
    setImmediate(() => process.stdout.write('logged'))`)
  await once(child.stdout!, 'data')
  child.stdin!.write('end')
  const lines = (await text(child.stderr!)).trimEnd().split('\n')
  expect(lines.map((line) => (JSON.parse(line) as { count: number }).count)).toEqual([...Array(20_000).keys()])
})

test('writes the lines that wait when the process exits', () => {
  const { stderr } = spawnSync(process.execPath, toArguments(`log.info('line'); process.exit()`), { encoding: 'utf8' })
  expect(stderr).toMatch(/^\{.*"line"\}\n$/)
})

test('writes a fatal error before the process continues', () => {
  const script = `
    log.info('line')
    log.fatal({ err: new Error('é') }, 'uncaught exception')
    process.kill(process.pid, 'SIGKILL')`
  const { stderr } = spawnSync(process.execPath, toArguments(script), { encoding: 'utf8' })
  expect(stderr.split('\n')).toEqual([
    expect.stringContaining('"line"'),
    expect.stringMatching(/"message":"é".*"uncaught exception"/),
    '',
  ])
})

test('continues after a fatal error that cannot be written because the disk is full', async () => {
  const disk = openSync('/dev/full', 'w')
  const child = start(`log.fatal('uncaught exception'); process.exit(3)`, ['ignore', 'ignore', disk])
  closeSync(disk)
  expect(await once(child, 'exit')).toEqual([3, null])
})

test('drops and counts lines after the reader of a named pipe has gone, and writes to the next reader', async () => {
  const pipe = new NamedPipe()
  onTestFinished(() => pipe.dispose())
  const writer = openSync(pipe.path, 'w')
  const child = start(
    `const onDrop = setInterval(() => dropped > 0 && (process.stdout.write('dropped'), clearInterval(onDrop)), 10)
    setInterval(() => log.info({ count: dropped }, 'line'), 10)`,
    ['ignore', 'pipe', writer],
  )
  closeSync(writer)
  await vi.waitFor(() => expect(pipe.read()).toContain('"count":0'))
  pipe.closeReader()
  await once(child.stdout!, 'data')
  pipe.openReader()
  let received = ''
  await vi.waitFor(() => expect((received += pipe.read())).toMatch(/"count":[1-9]/))
  for (const line of received.trimEnd().split('\n').slice(0, -1))
    expect(JSON.parse(line)).toMatchObject({ msg: 'line' })
})
