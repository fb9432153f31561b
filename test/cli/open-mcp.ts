import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'
import { environment } from '../support/environment.ts'

const main = new URL('../../bin/parley.js', import.meta.url).pathname

/** Formats a message as an MCP client sends it. */
export const toLine = (message: object): string => `${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`

/** Starts `parley mcp` with an open standard input. */
export function openMcp(url: string, key?: string) {
  const env = { ...environment, ...(key !== undefined && { PARLEY_API_KEY: key }) }
  const child = spawn(process.execPath, [main, 'mcp', '--url', url], { env, stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  child.stdin.on('error', () => {})
  /** Messages on standard output so far. */
  const lines: any[] = []
  let rest = ''
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    const parts = (rest + chunk).split('\n')
    rest = parts.pop()!
    lines.push(...parts.map((line) => JSON.parse(line) as object))
  })
  const ended = once(child, 'close').then(([code, signal]: unknown[]) => ({ code, signal }))
  return {
    child,
    lines,
    ended,
    stderr: text(child.stderr),
    send: (message: object) => child.stdin.write(toLine(message)),
  }
}
