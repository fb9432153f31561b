import { expect, test } from 'vitest'
import { StatusLine } from '../../src/cli/status-line.ts'

function stream(isTTY: boolean) {
  const written: string[] = []
  return { written, stream: { isTTY, write: (text: string) => written.push(text) } as unknown as NodeJS.WriteStream }
}

test('overwrites one line on a terminal at most ten times per second, and keeps printed lines', () => {
  const { written, stream: terminal } = stream(true)
  const line = new StatusLine(terminal)
  line.show(() => 'one', 0)
  line.show(() => 'two', 99)
  line.show(() => 'three', 100)
  line.printLine('told')
  line.clear()
  expect(written).toEqual(['\rone\u001B[K', '\rthree\u001B[K', '\r\u001B[K', 'told\n'])
})

test('shows only printed lines in a pipe, and on a terminal if the line is hidden', () => {
  const pipe = stream(false)
  const terminal = stream(true)
  for (const line of [new StatusLine(pipe.stream), new StatusLine(terminal.stream, false)]) {
    line.show(() => 'one', 0)
    line.printLine('told')
  }
  expect([pipe.written, terminal.written]).toEqual([['told\n'], ['told\n']])
})
