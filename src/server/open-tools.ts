import type { Configuration } from '../config/configuration.ts'
import { loadProtocol } from '../mcp/mcp-endpoint.ts'
import { loadBuiltinTools } from '../mcp/builtin-tools.ts'
import type { Tool } from '../mcp/tool.ts'
import { schema } from '../schema/index.ts'

/** The tools for language models. */
export class OpenTools {
  #builtin: readonly Tool[] | null = null
  #tools: readonly Tool[] = []

  /** Sorted by name. */
  get tools(): readonly Tool[] {
    return this.#tools
  }

  /** Loads the tools of a configuration, and the library of their protocol. Without `mcp`, loads nothing. */
  async load({ mcp }: Pick<Configuration, 'mcp'>): Promise<readonly Tool[]> {
    if (mcp === null) return []
    await loadProtocol()
    return mcp.builtin ? (this.#builtin ??= loadBuiltinTools(schema)) : []
  }

  apply(tools: readonly Tool[]): void {
    this.#tools = tools
  }
}
