import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { FileProcessRegistry } from '../../src/operations/file-process-registry.ts'
import { createDataFolder } from './open.ts'

const temporary = (): string => {
  const folder = createDataFolder()
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

test('lists the running processes, which have files of their own', async () => {
  const folder = temporary()
  const [one, other] = [new FileProcessRegistry(folder), new FileProcessRegistry(folder)]
  expect(await one.listAlive()).toEqual(new Set([one.id]))
  expect(await other.listAlive()).toEqual(new Set([one.id, other.id]))
  expect(await one.listAlive()).toEqual(new Set([one.id, other.id]))
  for (const name of readdirSync(folder)) expect(statSync(join(folder, name)).mode & 0o777, name).toBe(0o600)
  await one.unregister()
  expect(await other.listAlive()).toEqual(new Set([other.id]))
  await other.unregister()
  expect(readdirSync(folder)).toEqual([])
})

test('removes a killed process and its file at once', async () => {
  const folder = temporary()
  const module = fileURLToPath(new URL('../../src/operations/file-process-registry.ts', import.meta.url))
  const script = `import { FileProcessRegistry } from ${JSON.stringify(module)}
    const presence = new FileProcessRegistry(${JSON.stringify(folder)})
    await presence.register()
    console.log(presence.id)
    setInterval(() => presence.register(), 1000)`
  const child = spawn(process.execPath, ['--input-type=module', '--eval', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const [said] = (await once(child.stdout.setEncoding('utf8'), 'data')) as [string]
  const presence = new FileProcessRegistry(folder)
  expect(await presence.listAlive()).toEqual(new Set([presence.id, said.trim()]))
  child.kill('SIGKILL')
  await once(child, 'exit')
  expect(await presence.listAlive()).toEqual(new Set([presence.id]))
  expect(readdirSync(folder)).toEqual([presence.id])
  await presence.unregister()
})

test('fails with STORE_UNAVAILABLE until the folder can be written', async () => {
  const folder = join(temporary(), 'data')
  writeFileSync(folder, 'in the way')
  const presence = new FileProcessRegistry(folder)
  await expect(presence.register()).rejects.toMatchObject({ code: 'STORE_UNAVAILABLE' })
  rmSync(folder)
  mkdirSync(folder)
  expect(await presence.listAlive()).toEqual(new Set([presence.id]))
  await presence.unregister()
})

test('ignores other files in the folder', async () => {
  const folder = temporary()
  writeFileSync(join(folder, 'process-garbage'), 'no database '.repeat(1_000))
  mkdirSync(join(folder, 'process-folder'))
  const presence = new FileProcessRegistry(folder)
  const living = await presence.listAlive()
  expect(living).toContain(presence.id)
  expect(living).not.toContain('process-garbage')
  await presence.unregister()
})
