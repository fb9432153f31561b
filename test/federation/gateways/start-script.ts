import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { environment } from '../../support/environment.ts'

/** A process that serves HTTP. */
export interface RunningScript {
  /** URL that the process printed. */
  url: string
  stop(): Promise<void>
}

/** Starts a command that serves HTTP. Returns when it has printed its URL. */
export async function startScript(
  [command, ...args]: readonly [string, ...string[]],
  env: Readonly<Record<string, string>>,
  folder: string,
): Promise<RunningScript> {
  const child = spawn(command, args, { cwd: folder, env: { ...environment, ...env }, stdio: 'pipe' })
  const ended = once(child, 'exit')
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        const printed = /http:\/\/127\.0\.0\.1:\d+/.exec(output)?.[0]
        if (printed !== undefined) resolve(printed)
      })
    void ended.then(([code]) => reject(new Error(`${command} ${args[0]} ended with ${code}: ${output}`)))
  })
  return {
    url,
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
