import { expect, test } from 'vitest'
import { StatusLine } from '../../src/cli/status-line.ts'

function stream(isTTY: boolean) {
  const written: string[] = []
  return { written, stream: { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream }
}

test('a terminal sees one line, written over at most ten times a second, and lines that stay', () => {
  const { written, stream: terminal } = stream(true)
  const line = new StatusLine(terminal)
  line.show(() => 'one', 0)
  line.show(() => 'two', 99)
  line.show(() => 'three', 100)
  line.printLine('told')
  line.clear()
  expect(written).toEqual(['\rone\u001B[K', '\rthree\u001B[K', '\r\u001B[K', 'told\n'])
})

test('a pipe sees only what stays, and so does a terminal that shows the output itself', () => {
  const pipe = stream(false)
  const terminal = stream(true)
  for (const line of [new StatusLine(pipe.stream), new StatusLine(terminal.stream, false)]) {
    line.show(() => 'one', 0)
    line.printLine('told')
  }
  expect([pipe.written, terminal.written]).toEqual([['told\n'], ['told\n']])
})
