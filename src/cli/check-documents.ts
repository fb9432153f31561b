import type { CheckResult } from '../core/check-result.ts'
import { ConfigurationError } from '../core/configuration-error.ts'
import type { Configuration } from '../config/configuration.ts'

/** Parses and validates the trusted documents, as the server does at its start. */
export async function checkDocuments(configuration: Configuration): Promise<CheckResult> {
  const { OpenDocuments } = await import('../server/open-documents.ts')
  return checkList('documents', async () => {
    const { policies, warnings } = await new OpenDocuments().load(configuration)
    return { count: policies.reduce((sum, { list }) => sum + list.documents.length, 0), warnings }
  })
}

/** Parses and validates the tools for language models, as the server does at its start. */
export async function checkTools(configuration: Configuration): Promise<CheckResult> {
  const { OpenTools } = await import('../server/open-tools.ts')
  return checkList('tools', async () => {
    const { list, warnings } = await new OpenTools().load(configuration)
    return { count: list?.value.tools.length ?? 0, warnings }
  })
}

async function checkList(
  content: 'documents' | 'tools',
  load: () => Promise<{ count: number; warnings: readonly string[] }>,
): Promise<CheckResult> {
  try {
    const { count, warnings } = await load()
    return { isOk: true, message: `ok, ${count} ${count === 1 ? content.slice(0, -1) : content}`, notes: warnings }
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    const [message = '', ...notes] = error.problems
    return { isOk: false, message, notes }
  }
}
