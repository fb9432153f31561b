import { expect } from 'vitest'
import { loadBuiltinTools } from '../../../src/mcp/builtin-tools.ts'
import type { ToolResult } from '../../../src/mcp/tool.ts'
import { start as startCentral, type IMeetCentralSandbox } from '../../../src/sandboxes/imeetcentral/index.ts'
import { start as startTrueConf, type TrueConfSandbox } from '../../../src/sandboxes/trueconf/index.ts'
import { start as startZoom, type ZoomSandbox } from '../../../src/sandboxes/zoom/index.ts'
import { schema } from '../../../src/schema/index.ts'
import { createCall, postMessage } from '../../mcp/stage.ts'
import { createValidator, forbidOtherProperties } from '../../mcp/validator.ts'
import { openServer, type OpenServer } from '../../support/open-server.ts'

const validators = new Map(
  loadBuiltinTools(schema).map(({ name, outputSchema }) => [
    name,
    createValidator(forbidOtherProperties(outputSchema)),
  ]),
)
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

/** Calls a tool. Every result is checked against its output schema, and its content against its structured content. */
export async function callTool(url: string, name: string, input?: unknown): Promise<CalledTool> {
  const { json } = await postMessage(`${url}/mcp`, createCall(name, input))
  const { content, structuredContent, isError = false } = json.result as ToolResult
  const texts = content.map(({ type, text }) => {
    expect(type).toBe('text')
    return text
  })
  if (structuredContent) expect(texts.pop()).toBe(JSON.stringify(structuredContent))
  if (!isError) expect(validators.get(name)!(structuredContent)).toEqual([])
  return { texts, data: structuredContent, isError }
}

/** A server with the sandboxes of all vendors, and the built-in tools. */
export class ToolServer {
  readonly zoom: ZoomSandbox
  trueconf: TrueConfSandbox
  readonly central: IMeetCentralSandbox
  readonly server: OpenServer

  constructor(zoom: ZoomSandbox, trueconf: TrueConfSandbox, central: IMeetCentralSandbox, server: OpenServer) {
    this.zoom = zoom
    this.trueconf = trueconf
    this.central = central
    this.server = server
  }

  call(name: string, input?: unknown): Promise<CalledTool> {
    return callTool(this.server.url, name, input)
  }

  /** Starts another sandbox of TrueConf with the same data. The first one must be closed. */
  async restartTrueConf(port: number): Promise<void> {
    this.trueconf = await startTrueConf({ ...trueconfOptions, port })
  }

  async close(): Promise<void> {
    await this.server.close()
    await Promise.all([this.zoom, this.trueconf, this.central].map((sandbox) => sandbox.close()))
  }
}

/**
 * Starts the server with 30 users at Zoom, 20 at TrueConf, and 10 at iMeet Central.
 *
 * @param settings Settings of the configuration besides its accounts.
 */
export async function startTools(settings: object = {}): Promise<ToolServer> {
  const zoom = await startZoom({ seed: { active: 26, inactive: 2, pending: 2 } })
  const trueconf = await startTrueConf(trueconfOptions)
  const central = await startCentral({ seed: { users: 10 } })
  const server = await openServer({
    accounts: { zoom: zoom.account, trueconf: trueconf.account, central: central.account },
    mcp: {},
    ...settings,
  })
  return new ToolServer(zoom, trueconf, central, server)
}
