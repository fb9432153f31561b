import type { KeyObject } from 'node:crypto'
import { z } from 'zod'
import { readTextFile } from '../../core/text-file.ts'
import { baseUrl, readSettings, credential } from '../kit/settings.ts'
import { readKey } from './key.ts'

export interface Config {
  clientId: string
  key: KeyObject
  tokenUrl: string
  audience: string
  apiUrl: string
}

/** Schema of an account's settings. Reads the key, so that an invalid key is reported at the start. */
export const config: z.ZodType<Config> = z
  .strictObject({
    keyFile: z.string().min(1, 'must not be empty. Set the path of the downloaded JSON file.').optional(),
    clientId: credential.optional(),
    privateKey: z.string().min(1, 'must not be empty. Set the private_key of the downloaded file.').optional(),
    tokenUrl: baseUrl.default('https://oidc.imeetcentral.com/oauth2/token'),
    audience: credential.default('oidc.imeetcentral.com'),
    apiUrl: baseUrl.default('https://edge.imeetcentral.com/v1'),
  })
  .transform(({ keyFile, clientId, privateKey, ...settings }, context) => {
    try {
      const credentials = readCredentials(keyFile, clientId, privateKey)
      return { ...settings, clientId: credentials.clientId, key: readKey(credentials.privateKey) }
    } catch (error) {
      context.addIssue({
        code: 'custom',
        path: [keyFile === undefined ? 'privateKey' : 'keyFile'],
        message: (error as Error).message,
      })
      return z.NEVER
    }
  })

function readCredentials(keyFile?: string, clientId?: string, privateKey?: string) {
  if (keyFile !== undefined && clientId === undefined && privateKey === undefined) return readKeyFile(keyFile)
  if (keyFile === undefined && clientId !== undefined && privateKey !== undefined) return { clientId, privateKey }
  throw new Error(
    'is missing, or cannot be combined with the other credentials. Set keyFile (the JSON file from Company Setup > Advanced > API), or clientId and privateKey.',
  )
}

const KeyFile = z.object({ client_id: credential, private_key: z.string().min(1) })

function readKeyFile(file: string): { clientId: string; privateKey: string } {
  let text: string
  try {
    text = readTextFile(file)
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException
    throw new Error(`cannot be read (${code}). Set the path of a file that this process can read.`, { cause: error })
  }
  const content = KeyFile.safeParse(tryParseJson(text))
  if (!content.success)
    throw new Error(
      'must contain JSON with client_id and private_key. Download it again (Company Setup > Advanced > API).',
    )
  return { clientId: content.data.client_id, privateKey: content.data.private_key }
}

function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

export const fromEnvironment = (environment: Readonly<Record<string, string | undefined>>) =>
  readSettings({ keyFile: 'IMEETCENTRAL_KEY_FILE' }, environment)
