import { describe, expect, test } from 'vitest'
import { createFileName } from '../../src/vendors/kit/file-name.ts'

describe('createFileName', () => {
  test('joins the parts that have text', () => {
    expect(createFileName(['Weekly sync', null, '', '2026-11-30 0905', 'audio_only'], 'm4a')).toBe(
      'Weekly sync 2026-11-30 0905 audio_only.m4a',
    )
  })

  test.each([
    ['../../etc/passwd', 'etc passwd.mp4'],
    ['C:\\temp\\a', 'C temp a.mp4'],
    ['Say "hi"\r\nX-Header: 1', 'Say hi X-Header 1.mp4'],
    ["it's «q» ‘q’ “q”", 'it s q q q.mp4'],
    ['\0\u007F\u0085', 'recording.mp4'],
    ['.hidden', 'hidden.mp4'],
    ['\u202Egpj.exe', 'gpj.exe.mp4'],
    ['Launch 🚀 Привет', 'Launch 🚀 Привет.mp4'],
    ['\uD800 half', '\uFFFD half.mp4'],
    ['   ', 'recording.mp4'],
  ])('makes a harmless name of %j', (title, name) => {
    expect(createFileName([title], 'mp4')).toBe(name)
  })

  test.each(['a', '🚀', '👨‍👩‍👧'])('shortens a name of 500 times %s and keeps its extension', (character) => {
    const name = createFileName([character.repeat(500), 'speaker'], 'mp4')
    expect(Buffer.byteLength(name)).toBeLessThanOrEqual(200)
    expect(Buffer.byteLength(name)).toBeGreaterThan(170)
    expect(name).toMatch(/^(a+|🚀+|(👨‍👩‍👧)+)\.mp4$/u)
  })
})
