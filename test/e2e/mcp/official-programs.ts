import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const execute = promisify(execFile)
const folder = fileURLToPath(new URL('official', import.meta.url))

const programs = {
  conformance: 'node_modules/@modelcontextprotocol/conformance/dist/index.js',
  inspector: 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js',
} as const

/** Installs the official programs that test MCP servers, unless they are installed. Returns false if it cannot. */
export async function installOfficialPrograms(): Promise<boolean> {
  const args = ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund']
  return execute('npm', args, { cwd: folder, timeout: 110_000 }).then(
    () => true,
    (error: Error) => {
      console.warn(`The official programs for MCP cannot be installed, so their tests are skipped: ${error.message}`)
      return false
    },
  )
}

/**
 * Runs an official program with this version of Node.
 *
 * @throws Error with the output if the exit code is not 0.
 */
export async function runOfficial(
  program: keyof typeof programs,
  args: readonly string[],
): Promise<{ stdout: string; stderr: string }> {
  return execute(process.execPath, [programs[program], ...args], { cwd: folder, timeout: 50_000 })
}
