import type { CheckResult } from '../core/check-result.ts'
import { ConfigurationError } from '../core/configuration-error.ts'
import type { Configuration } from '../config/configuration.ts'

/** Parses and validates the trusted documents, as the server does at its start. */
export async function checkDocuments(configuration: Configuration): Promise<CheckResult> {
  const { OpenDocuments } = await import('../server/open-documents.ts')
  try {
    const { policies, warnings } = await new OpenDocuments().load(configuration)
    const count = policies.reduce((sum, { list }) => sum + list.documents.length, 0)
    return { isOk: true, message: `ok, ${count} documents`, notes: warnings }
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    const [message = '', ...notes] = error.problems
    return { isOk: false, message, notes }
  }
}
