import { spawn, type ChildProcess } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { environment } from '../support/environment.ts'

export const main = fileURLToPath(new URL('../../bin/parley.js', import.meta.url))

export interface Ran {
  code: number | null
  stdout: string
  stderr: string
}

export interface RunOptions {
  env?: Record<string, string>
  /** Standard input. */
  input?: string | Buffer
  cwd?: string
}

/** Runs `parley` with these arguments as a process. */
export function start(args: readonly string[], options: RunOptions = {}): { child: ChildProcess; ended: Promise<Ran> } {
  return startCommand(process.execPath, [main, ...args], options)
}

export const run = (args: readonly string[], options?: RunOptions): Promise<Ran> => start(args, options).ended

/** Runs any command. Its environment contains only PATH and `env`. */
export function startCommand(command: string, args: readonly string[], { env = {}, input, cwd }: RunOptions = {}) {
  const child = spawn(command, args, {
    env: { ...environment, ...env },
    stdio: 'pipe',
    ...(cwd === undefined ? {} : { cwd }),
  })
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  const code = new Promise<number | null>((resolve) => child.once('close', resolve))
  const ended = Promise.all([code, text(child.stdout), text(child.stderr)])
  return { child, ended: ended.then(([code, stdout, stderr]): Ran => ({ code, stdout, stderr })) }
}

export const linesOf = (text: string): string[] => text.split('\n').filter((line) => line !== '')

/** Parses a text that has one JSON value on each line. */
export const parseLines = (text: string): any[] => linesOf(text).map((line) => JSON.parse(line))
