import { loadConfiguration } from '../config.ts'
import { Problem } from '../errors.ts'
import { openAccount } from '../vendors/accounts.ts'
import { vendors } from '../vendors/index.ts'

/** `parley check`: is the configuration right, and does every vendor give us a token? Gives the exit code. */
export async function check(file: string | undefined): Promise<number> {
  const around = { environment: process.env, directory: process.cwd(), vendors }
  const configuration = loadConfiguration({ ...around, ...(file === undefined ? {} : { file }) })
  if (!configuration) {
    process.stdout.write('Nothing is configured: "parley serve" would run over the sandbox.\n')
    return 0
  }
  const results = await Promise.all(
    configuration.accounts.map(async (settings) => {
      const account = openAccount(settings, { limits: configuration.limits.upstream })
      try {
        const token = await account.upstream.token(AbortSignal.timeout(configuration.limits.operationDeadline))
        const until =
          token.expiresAt === null ? 'that does not end' : `until ${new Date(token.expiresAt).toISOString()}`
        return { key: account.key, good: true, says: `ok, a token ${until}` }
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        const words = [error.vendorCode, error.vendorMessage].filter(Boolean).join(': ')
        return {
          key: account.key,
          good: false,
          says: `${error.code}: ${error.message}${words ? ` The vendor says: ${words}` : ''}`,
        }
      } finally {
        await account.upstream.close()
      }
    }),
  )
  for (const { key, says } of results) process.stdout.write(`${key}: ${says}\n`)
  return results.every(({ good }) => good) ? 0 : 1
}
