import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { Settings } from '../../src/config/settings.ts'

test('parley.config.example.yaml shows every setting', () => {
  const example = readFileSync('parley.config.example.yaml', 'utf8')
  const missing = Object.keys(Settings.shape).filter((name) => !new RegExp(`^(# )?${name}:`, 'm').test(example))
  expect(missing).toEqual([])
})
