import { readProcessSettings } from '../config/configuration.ts'
import { startSandboxes, writeConfiguration } from '../sandboxes/index.ts'
import { explainListenError } from '../config/listen-error.ts'

/** `parley sandbox`: runs only the vendor sandboxes until a signal, and prints their URLs as one line of JSON. */
export async function runSandboxCommand(): Promise<void> {
  const { sandboxPort } = readProcessSettings(process.env)
  const sandboxes = await explainListenError(startSandboxes(sandboxPort), 'PARLEY_SANDBOX_PORT')
  const config = await writeConfiguration(sandboxes)
  const addresses = Object.entries(sandboxes.running).map(([slug, { url }]) => [slug, { url }] as const)
  process.stdout.write(`${JSON.stringify({ ...Object.fromEntries(addresses), config })}\n`)
  const stop = async (): Promise<void> => {
    await sandboxes.close()
    process.exit(0)
  }
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop())
}
