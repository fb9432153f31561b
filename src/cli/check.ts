import { loadConfiguration } from '../config.ts'
import { Problem } from '../errors.ts'
import { vendors } from '../vendors/index.ts'
import { fetchToken, formatExpiry, formatProblem } from './fetch-token.ts'

/** `parley check`: validates the configuration, fetches a token of each account, and tests Redis. Returns the exit code. */
export async function check(file: string | undefined): Promise<number> {
  const around = { environment: process.env, directory: process.cwd(), vendors }
  const configuration = loadConfiguration({ ...around, ...(file === undefined ? {} : { file }) })
  if (!configuration) {
    process.stdout.write('Nothing is configured. "parley serve" uses the vendor sandboxes.\n')
    return 0
  }
  const results = await Promise.all([
    ...configuration.accounts.map(async (settings) => {
      try {
        const token = await fetchToken(settings, configuration, { checksVersion: true })
        return { key: settings.key, good: true, says: `ok, ${formatExpiry(token)}` }
      } catch (error) {
        if (!(error instanceof Problem)) throw error
        return { key: settings.key, good: false, says: formatProblem(error) }
      }
    }),
    ...(configuration.redis === null ? [] : [redisResult(configuration.redis)]),
  ])
  for (const { key, says } of results) process.stdout.write(`${key}: ${says}\n`)
  return results.every(({ good }) => good) ? 0 : 1
}

async function redisResult(url: string) {
  const { checkRedis } = await import('../redis/check.ts')
  return { key: 'redis', ...(await checkRedis(url)) }
}
