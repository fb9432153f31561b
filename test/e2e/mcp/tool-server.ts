import { fileURLToPath } from 'node:url'
import { expect } from 'vitest'
import { loadBuiltinTools } from '../../../src/mcp/builtin-tools.ts'
import { checkArguments } from '../../../src/mcp/tool-arguments.ts'
import { createToolResult } from '../../../src/mcp/tool-result.ts'
import type { ToolResult } from '../../../src/mcp/tool.ts'
import { start as startCentral, type IMeetCentralSandbox } from '../../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { schema } from '../../../src/schema/index.ts'
import { createValidator, forbidOtherProperties } from '../../mcp/validator.ts'
import { startProcess, type ServerProcess } from '../../support/server.ts'

const folder = fileURLToPath(new URL('../../../src/mcp/builtin', import.meta.url))
const tools = loadBuiltinTools(schema).map((tool) => ({
  tool,
  validate: createValidator(forbidOtherProperties(tool.outputSchema)),
}))
const maxBytes = 64 * 1024
const trueconfOptions = {
  users: 20,
  conferences: 5,
  running: 1,
  clientId: 'tools',
  clientSecret: 'secret-of-the-tools',
}

export interface CalledTool {
  /** Texts before the data. */
  texts: string[]
  /** The structured content, of any tool. */
  data: any
  isError: boolean
}

/** A server with the sandboxes of all vendors, and the built-in tools. */
export class ToolServer {
  readonly zoom: ZoomSandbox
  trueconf: TrueConfSandbox
  readonly central: IMeetCentralSandbox
  readonly server: ServerProcess

  constructor(zoom: ZoomSandbox, trueconf: TrueConfSandbox, central: IMeetCentralSandbox, server: ServerProcess) {
    this.zoom = zoom
    this.trueconf = trueconf
    this.central = central
    this.server = server
  }

  /** Calls a tool. Every result is checked against its output schema, and its content against its structured content. */
  async call(name: string, input?: object): Promise<CalledTool> {
    const { tool, validate } = tools.find((each) => each.tool.name === name)!
    const { content, structuredContent, isError = false } = await this.#run(tool, input)
    const texts = content.map(({ text }) => text)
    if (structuredContent) expect(texts.pop()).toBe(JSON.stringify(structuredContent))
    if (!isError) expect(validate(structuredContent)).toEqual([])
    return { texts, data: structuredContent, isError }
  }

  /** Starts another sandbox of TrueConf with the same data. The first one must be closed. */
  async restartTrueConf(port: number): Promise<void> {
    this.trueconf = await startTrueConf({ ...trueconfOptions, port })
  }

  async close(): Promise<void> {
    await this.server.dispose()
    await Promise.all([this.zoom, this.trueconf, this.central].map((sandbox) => sandbox.close()))
  }

  async #run(tool: (typeof tools)[number]['tool'], input: object | undefined): Promise<ToolResult> {
    const checked = checkArguments(tool, input, 'none')
    if ('rejection' in checked) return checked.rejection
    const response = await fetch(this.server.graphqlUrl, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ documentId: tool.name, variables: checked.variables }),
    })
    const requestId = response.headers.get('x-request-id')!
    return createToolResult({ tool, response: (await response.json()) as object, maxBytes, requestId })
  }
}

/** Starts the server with 30 users at Zoom, 20 at TrueConf, and 10 at iMeet Central. */
export async function startTools(): Promise<ToolServer> {
  const zoom = await startZoom({ seed: { active: 26, inactive: 2, pending: 2 } })
  const trueconf = await startTrueConf(trueconfOptions)
  const central = await startCentral({ seed: { users: 10 } })
  const server = await startProcess({
    accounts: { zoom: zoom.account, trueconf: trueconf.account, central: central.account },
    documents: { mode: 'allow', from: [folder] },
  })
  return new ToolServer(zoom, trueconf, central, server)
}
