import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { environment } from '../support/environment.ts'

test('replaces a folder by one complete folder when several processes replace it at the same time', async () => {
  const root = mkdtempSync(join(tmpdir(), 'parley-replace-'))
  onTestFinished(() => rmSync(root, { recursive: true }))
  const script = `
    const { mkdirSync, writeFileSync } = await import('node:fs')
    const { replaceFolder } = await import('${new URL('../../scripts/replace-folder.ts', import.meta.url).href}')
    for (let number = 0; number < 300; number++) {
      const folder = '${root}/' + process.pid + '-' + number
      mkdirSync(folder)
      for (const name of ['first', 'second']) writeFileSync(folder + '/' + name, '')
      replaceFolder(folder, '${root}/target')
    }`
  const codes = Array.from({ length: 4 }, async () => {
    const child = spawn(process.execPath, ['--input-type=module', '-e', script], { env: environment, stdio: 'inherit' })
    return ((await once(child, 'exit')) as [number | null])[0]
  })
  expect(await Promise.all(codes)).toEqual([0, 0, 0, 0])
  expect(readdirSync(root)).toEqual(['target'])
  expect(readdirSync(join(root, 'target'))).toEqual(['first', 'second'])
})
