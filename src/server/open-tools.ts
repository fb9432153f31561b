import { isDeepStrictEqual } from 'node:util'
import type { Configuration } from '../config/configuration.ts'
import { ConfigurationError } from '../core/configuration-error.ts'
import { formatDocumentProblem, type ListedDocument } from '../documents/document-sources.ts'
import { buildDocuments } from '../http/document/build-documents.ts'
import { loadBuiltinTools } from '../mcp/builtin-tools.ts'
import { loadProtocol } from '../mcp/mcp-endpoint.ts'
import type { McpSettings } from '../mcp/mcp-settings.ts'
import { buildOwnTool } from '../mcp/own-tool.ts'
import type { Tool } from '../mcp/tool.ts'
import { schema } from '../schema/index.ts'
import { createCostScale } from './cost-scale.ts'
import { WatchedList, type BuiltValue, type CostConfiguration } from './watched-list.ts'

/** The built-in tools and those of the operator. */
interface ToolList {
  /** Sorted by name. */
  tools: readonly Tool[]
  /** Tools of the operator, by the text of their file. */
  toolByText: ReadonlyMap<string, Tool>
}

export interface LoadedTools {
  /** Null if the server has no tools. */
  list: WatchedList<ToolList> | null
  settings: ToolSettings | null
  /** One line for each new tool that is too expensive at its default page sizes. */
  warnings: readonly string[]
}

type ToolSettings = Pick<McpSettings, 'builtin' | 'tools'>

/** Types of the files that tools can be in. Programs write manifests, without the descriptions that tools require. */
const toolTypes: ReadonlySet<string> = new Set(['.graphql'])

/** The tools for language models. */
export class OpenTools {
  #settings: ToolSettings | null = null
  #list: WatchedList<ToolList> | null = null
  #builtin: readonly Tool[] | null = null

  /** All tools, sorted by name. */
  get tools(): readonly Tool[] {
    return this.#list?.value.tools ?? []
  }

  get lists(): readonly WatchedList<ToolList>[] {
    return this.#list === null ? [] : [this.#list]
  }

  /**
   * Loads the tools of a configuration, and the library of their protocol. If the tools are configured as before, their
   * files are not read again. Without `mcp`, loads nothing.
   *
   * @throws ConfigurationError with all problems. Then nothing has changed.
   */
  async load({ mcp, ...configuration }: Pick<Configuration, 'mcp'> & CostConfiguration): Promise<LoadedTools> {
    if (mcp === null) return { list: null, settings: null, warnings: [] }
    await loadProtocol()
    const settings: ToolSettings = { builtin: mcp.builtin, tools: mcp.tools }
    if (isDeepStrictEqual(settings, this.#settings)) return { list: this.#list, settings, warnings: [] }
    const list = this.#createList(settings)
    const { problems, warnings } = await list.load(configuration)
    if (problems.length > 0)
      throw new ConfigurationError(
        [...problems],
        mcp.tools.map(({ path }) => path),
      )
    return { list, settings, warnings }
  }

  apply({ list, settings }: LoadedTools): void {
    this.#list = list
    this.#settings = settings
    // The limits can have changed, too.
    for (const { document } of this.tools) document.prepared.forgetCosts()
  }

  #createList({ builtin, tools: from }: ToolSettings): WatchedList<ToolList> {
    const others = builtin ? (this.#builtin ??= loadBuiltinTools(schema)) : []
    return new WatchedList({
      content: 'tools',
      client: '',
      from,
      types: toolTypes,
      initial: { tools: others, toolByText: new Map() },
      build: (documents, configuration) => this.#build(documents, others, configuration),
    })
  }

  async #build(
    listed: readonly ListedDocument[],
    builtin: readonly Tool[],
    configuration: CostConfiguration,
  ): Promise<BuiltValue<ToolList>> {
    const { documents, problems, warnings } = await buildDocuments<Tool>(
      listed,
      {
        findInUse: ({ id, text }) => this.#findInUse(id, text),
        build: ({ id, text }) => buildOwnTool(schema, id, text),
        getDocument: ({ document }) => document,
      },
      createCostScale(configuration),
    )
    const tools = [...builtin, ...documents.map(({ built }) => built)].toSorted((one, other) =>
      one.name < other.name ? -1 : 1,
    )
    const toolByText = new Map(documents.map(({ source, built }) => [source.text, built]))
    const value = { tools, toolByText }
    return { value, count: tools.length, problems: [...problems, ...findRepeatedNames(documents, builtin)], warnings }
  }

  /** Tools that are in use keep their plans. */
  #findInUse(id: string, text: string): Tool | null {
    const tool = this.#list?.value.toolByText.get(text)
    return tool ? { ...tool, document: { ...tool.document, id } } : null
  }
}

/** Returns a line for each tool whose name another tool has. */
function findRepeatedNames(
  documents: readonly { source: ListedDocument; built: Tool }[],
  builtin: readonly Tool[],
): string[] {
  const sourceByName = new Map<string, ListedDocument>()
  const builtinNames = new Set(builtin.map(({ name }) => name))
  const problems: string[] = []
  for (const { source, built } of documents) {
    const { name } = built
    const first = sourceByName.get(name)
    if (builtinNames.has(name))
      problems.push(
        formatDocumentProblem(
          source,
          `A built-in tool has the name "${name}". Rename the operation, or set mcp.builtin to false.`,
        ),
      )
    else if (first)
      problems.push(
        formatDocumentProblem(
          source,
          `${first.file.name} has another tool with the name "${name}". Rename the operation.`,
        ),
      )
    else sourceByName.set(name, source)
  }
  return problems
}
