import { isDeepStrictEqual } from 'node:util'
import type { Caller } from '../auth/caller.ts'
import type { Configuration } from '../config/configuration.ts'
import { ConfigurationError } from '../core/configuration-error.ts'
import { findDocumentFiles } from '../documents/document-files.ts'
import type { DocumentSettings } from '../documents/document-settings.ts'
import { readDocumentSources, type ListedDocument } from '../documents/document-sources.ts'
import { buildTrustedList, type BuiltList } from '../http/document/build-trusted-list.ts'
import type { DocumentPolicy } from '../http/document/document-finder.ts'
import { TrustedList, type TrustedDocument } from '../http/document/trusted-list.ts'
import { httpLimits } from '../http/limits.ts'
import { schema } from '../schema/index.ts'
import { createListSizes } from './list-sizes.ts'

/** The documents of an API client, or of all callers without documents of their own. */
export interface OpenPolicy extends DocumentPolicy {
  /** Name of the API client. Empty for all other callers. */
  readonly client: string
  readonly from: DocumentSettings['from']
  list: TrustedList
  /** Status of the files from which the list was read. */
  status: string
}

export interface LoadedDocuments {
  policies: readonly OpenPolicy[]
  /** One line for each new document that is too expensive at its default page sizes. */
  warnings: readonly string[]
}

type LoadingConfiguration = Pick<Configuration, 'documents' | 'clients' | 'accounts' | 'limits'>

const closedPolicy: DocumentPolicy = { mode: 'off', list: new TrustedList([]) }

/** The trusted documents of all callers. */
export class OpenDocuments {
  #policies: readonly OpenPolicy[] = []
  #policyByClient: ReadonlyMap<string, OpenPolicy> = new Map()

  get policies(): readonly OpenPolicy[] {
    return this.#policies
  }

  /** Number of documents of each policy, by API client. */
  get counts(): (readonly [client: string, count: number])[] {
    return this.#policies.map(({ client, list }) => [client, list.documents.length])
  }

  readonly getPolicy = ({ name }: Pick<Caller, 'name'>): DocumentPolicy =>
    this.#policies.length === 0
      ? closedPolicy
      : (this.#policyByClient.get(name) ?? this.#policyByClient.get('') ?? closedPolicy)

  /** Whether no caller of a configuration can send another document than a trusted one. */
  isOnly({ clients, jwt }: Pick<Configuration, 'clients' | 'jwt'>): boolean {
    const names = clients.map(({ name }) => name)
    // JWT callers and the local user have the policy of all other callers.
    if (jwt !== null || names.length === 0) names.push('')
    return names.every((name) => this.getPolicy({ name }).mode === 'only')
  }

  /**
   * Loads the documents of a configuration. Lists whose files are configured as before are not read again.
   *
   * @throws ConfigurationError with all problems of all lists. Then nothing has changed.
   */
  async load(configuration: LoadingConfiguration): Promise<LoadedDocuments> {
    const policies: OpenPolicy[] = []
    const problems: string[] = []
    const warnings: string[] = []
    for (const { client, documents } of listSettings(configuration)) {
      const { mode, from } = documents
      const open = this.#policyByClient.get(client)
      if (open && isDeepStrictEqual(open.from, from)) {
        policies.push({ ...open, mode })
        continue
      }
      const files = await findDocumentFiles(from)
      const sources = await readDocumentSources(files)
      const built = await this.build(sources.documents, configuration)
      problems.push(...sources.problems, ...built.problems)
      warnings.push(...built.warnings)
      policies.push({ client, mode, from, list: built.list, status: files.status })
    }
    if (problems.length > 0) throw new ConfigurationError([...new Set(problems)], listPaths(configuration))
    return { policies, warnings: [...new Set(warnings)] }
  }

  /** Builds a list. Documents that are in use keep their plans. */
  build(
    documents: readonly ListedDocument[],
    { accounts, limits }: Pick<Configuration, 'accounts' | 'limits'>,
  ): Promise<BuiltList> {
    return buildTrustedList(documents, {
      schema,
      limits: { ...httpLimits, ...limits },
      sizes: createListSizes(accounts.length),
      findInUse: (text) => this.#findInUse(text),
    })
  }

  apply({ policies }: LoadedDocuments): void {
    this.#policies = policies
    this.#policyByClient = new Map(policies.map((policy) => [policy.client, policy]))
    // The limits can have changed, too.
    for (const { list } of policies) for (const { prepared } of list.documents) prepared.forgetCosts()
  }

  #findInUse(text: string): TrustedDocument | null {
    for (const { list } of this.#policies) {
      const document = list.findByText(text)
      if (document) return document
    }
    return null
  }
}

/** Returns the settings of each list, first of all callers without documents of their own. */
function listSettings({ documents, clients }: LoadingConfiguration): { client: string; documents: DocumentSettings }[] {
  const own = clients.flatMap(({ name, documents }) => (documents ? [{ client: name, documents }] : []))
  return documents ? [{ client: '', documents }, ...own] : own
}

const listPaths = (configuration: LoadingConfiguration): string[] =>
  listSettings(configuration).flatMap(({ documents }) => documents.from.map(({ path }) => path))
