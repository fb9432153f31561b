import { ConfigurationError } from '../../src/core/configuration-error.ts'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { onTestFinished } from 'vitest'
import { z } from 'zod'
import { loadConfiguration, type Configuration } from '../../src/config/configuration.ts'
import type { AnyVendor } from '../../src/vendors/definition.ts'
import type { VendorDefinition } from '../../src/vendors/definition.ts'

const text = z.string().min(1)

interface Cloud {
  clientId: string
  clientSecret: string
  apiUrl: string
}

const cloud: VendorDefinition<Cloud> = {
  name: 'CLOUD',
  slug: 'cloud',
  label: 'Cloud',
  config: z.strictObject({ clientId: text, clientSecret: text, apiUrl: z.string().default('https://cloud.example') }),
  fromEnvironment: (environment) =>
    environment['CLOUD_ID'] || environment['CLOUD_SECRET']
      ? { clientId: environment['CLOUD_ID'], clientSecret: environment['CLOUD_SECRET'] }
      : null,
  createVendor: () => ({}) as never,
}

const keyed: VendorDefinition<{ keyFile: string } | { secretKey: string; ca?: string | undefined }> = {
  name: 'KEYED',
  slug: 'keyed',
  label: 'Keyed',
  config: z.union([z.strictObject({ keyFile: text }), z.strictObject({ secretKey: text, ca: text.optional() })]),
  fromEnvironment: (environment) => (environment['KEYED_FILE'] ? { keyFile: environment['KEYED_FILE'] } : null),
  createVendor: () => ({}) as never,
}

export const vendors: readonly AnyVendor[] = [cloud, keyed]

/** Creates a temporary directory with the files for one test. Returns its path. */
export function createDirectory(files: Record<string, string | Buffer>): string {
  const directory = mkdtempSync(join(tmpdir(), 'parley-config-'))
  onTestFinished(() => rmSync(directory, { recursive: true }))
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(directory, name)), { recursive: true })
    writeFileSync(join(directory, name), content)
  }
  return directory
}

export interface Start {
  environment?: NodeJS.ProcessEnv
  files?: Record<string, string>
}

/** Loads the text of a parley.config.yaml. */
export function load(yaml: string, { environment = {}, files = {} }: Start = {}): Configuration {
  const directory = createDirectory({ ...files, 'parley.config.yaml': yaml })
  return loadConfiguration({ environment, directory, vendors })!
}

/** Returns the problems of the text of a parley.config.yaml. */
export const problems = (yaml: string, start?: Start): string[] => listProblems(() => load(yaml, start))

/** Returns the problems of the ConfigurationError that `load` throws. Empty if it throws none. */
export function listProblems(load: () => unknown): string[] {
  try {
    load()
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems
    throw error
  }
  return []
}

export const account = `
accounts:
  main: { vendor: cloud, clientId: id, clientSecret: secret }
`
