import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { environment } from '../../support/environment.ts'

/** A process that serves HTTP. */
export interface RunningScript {
  /** URL that the process printed, without a slash at the end. */
  url: string
  /** Text on stdout and stderr so far. */
  output(): string
  stop(): Promise<void>
}

/**
 * Starts a script with Node.js. Returns when it has printed its URL.
 *
 * @param args Path of the script and its arguments.
 */
export async function startScript(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  folder: string,
): Promise<RunningScript> {
  const child = spawn(process.execPath, args, { cwd: folder, env: { ...environment, ...env }, stdio: 'pipe' })
  const ended = once(child, 'exit')
  let output = ''
  const url = await new Promise<string>((resolve, reject) => {
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        output += text
        const printed = /(?:ready:|Listening on) (http:\/\/[\w.:]+)/.exec(output)?.[1]
        if (printed !== undefined) resolve(printed)
      })
    void ended.then(([code]) => reject(new Error(`${args[0]} ended with ${code}: ${output}`)))
  })
  return {
    url,
    output: () => output,
    stop: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
