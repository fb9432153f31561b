import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { hasPackages } from '../../support/install-packages.ts'

const execute = promisify(execFile)
const folder = fileURLToPath(new URL('official', import.meta.url))

const programs = {
  conformance: 'node_modules/@modelcontextprotocol/conformance/dist/index.js',
  inspector: 'node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js',
} as const

/** Whether the official programs that test MCP servers are installed. */
export const isInstalled = await hasPackages(folder)

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
