import { isDeepStrictEqual } from 'node:util'
import type { Caller } from '../auth/caller.ts'
import type { Configuration } from '../config/configuration.ts'
import { ConfigurationError } from '../core/configuration-error.ts'
import { documentTypes } from '../documents/document-files.ts'
import type { DocumentMode, DocumentSettings } from '../documents/document-settings.ts'
import { buildTrustedList } from '../http/document/build-trusted-list.ts'
import type { DocumentPolicy } from '../http/document/document-finder.ts'
import { TrustedList, type TrustedDocument } from '../http/document/trusted-list.ts'
import { createCostScale } from './cost-scale.ts'
import { WatchedList } from './watched-list.ts'

/** The documents of an API client, or of all callers without documents of their own. */
class OpenPolicy implements DocumentPolicy {
  /** Name of the API client. Empty for all other callers. */
  readonly client: string
  readonly mode: DocumentMode
  readonly documents: WatchedList<TrustedList>

  constructor(client: string, mode: DocumentMode, documents: WatchedList<TrustedList>) {
    this.client = client
    this.mode = mode
    this.documents = documents
  }

  get list(): TrustedList {
    return this.documents.value
  }
}

export interface LoadedDocuments {
  policies: readonly OpenPolicy[]
  /** One line for each new document that is too expensive at its default page sizes. */
  warnings: readonly string[]
}

type LoadingConfiguration = Pick<Configuration, 'documents' | 'clients' | 'accounts' | 'limits'>

const emptyList = new TrustedList([])
const closedPolicy: DocumentPolicy = { mode: 'off', list: emptyList }

/** The trusted documents of all callers. */
export class OpenDocuments {
  #policies: readonly OpenPolicy[] = []
  #policyByClient: ReadonlyMap<string, OpenPolicy> = new Map()

  get lists(): readonly WatchedList<TrustedList>[] {
    return this.#policies.map(({ documents }) => documents)
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
      const open = this.#policyByClient.get(client)?.documents
      const isOpen = open !== undefined && isDeepStrictEqual(open.options.from, from)
      const list = isOpen ? open : this.#createList(client, from)
      policies.push(new OpenPolicy(client, mode, list))
      if (isOpen) continue
      const loaded = await list.load(configuration)
      problems.push(...loaded.problems)
      warnings.push(...loaded.warnings)
    }
    if (problems.length > 0) throw new ConfigurationError([...new Set(problems)], listPaths(configuration))
    return { policies, warnings: [...new Set(warnings)] }
  }

  apply({ policies }: LoadedDocuments): void {
    this.#policies = policies
    this.#policyByClient = new Map(policies.map((policy) => [policy.client, policy]))
    // The limits can have changed, too.
    for (const { list } of policies) for (const { prepared } of list.documents) prepared.forgetCosts()
  }

  /** Documents that are in use keep their plans. */
  #createList(client: string, from: DocumentSettings['from']): WatchedList<TrustedList> {
    return new WatchedList({
      content: 'documents',
      client,
      from,
      types: documentTypes,
      initial: emptyList,
      build: async (documents, configuration) => {
        const options = { ...createCostScale(configuration), findInUse: (text: string) => this.#findInUse(text) }
        const { list, problems, warnings } = await buildTrustedList(documents, options)
        return { value: list, count: list.documents.length, problems, warnings }
      },
    })
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
