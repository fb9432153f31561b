import { join } from 'node:path'
import { parseConfiguration } from '../../src/config/configuration.ts'
import { startSandboxes, type Sandboxes } from '../../src/sandboxes/index.ts'
import type { Server } from '../../src/server/server.ts'
import { vendors } from '../../src/vendors/index.ts'
import type { LogLine } from '../support/process-output.ts'
import { startInProcess } from '../support/server-in-process.ts'

export interface McpReply {
  status: number
  headers: Headers
  /** The JSON of the response, or of its only event. */
  json: any
}

/** A server with tools over the sandboxes of all vendors, or over other accounts. */
export interface McpStage {
  /** URL of the endpoint for tools. */
  url: string
  origin: string
  server: Server
  sandboxes: Sandboxes
  /** The log so far. */
  readonly log: LogLine[]
  /** Sends a message, or any text as the body. */
  post(message: object | string, headers?: Record<string, string>): Promise<McpReply>
  /** Calls a tool in a version of the protocol before 2026-07-28. */
  call(name: string, args?: unknown, headers?: Record<string, string>): Promise<McpReply>
  /** Applies other settings than those of the start. */
  reload(settings: object): Promise<void>
  /** Number of vendor calls, token requests excluded. */
  countVendorCalls(): number
  close(): Promise<void>
}

let stages = 0

/** @param given Settings of the configuration besides its accounts, or a function that returns them. */
export async function startMcpStage(
  given: object | ((sandboxes: Sandboxes) => Promise<object>) = {},
): Promise<McpStage> {
  const sandboxes = await startSandboxes(0)
  const settings =
    typeof given === 'function' ? await (given as (sandboxes: Sandboxes) => Promise<object>)(sandboxes) : given
  const lines: string[] = []
  const data = join(sandboxes.folder, `data-${++stages}`)
  const base = { accounts: sandboxes.accounts, limits: {}, mcp: {}, data }
  const server = await startInProcess({ ...base, lines, ...settings })
  const url = `${server.url}/mcp`
  const post: McpStage['post'] = (message, headers) => postMessage(url, message, headers)
  return {
    url,
    origin: server.url,
    server,
    sandboxes,
    get log() {
      return lines.map((line) => JSON.parse(line) as LogLine)
    },
    post,
    call: (name, args, headers) => post(createCall(name, args), headers),
    reload: async (next) => {
      const context = { environment: { PORT: '0' }, directory: data, vendors }
      await server.reload(parseConfiguration({ ...base, ...next }, context))
    },
    countVendorCalls: () =>
      Object.values(sandboxes.running)
        .flatMap(({ ledger }) => ledger)
        .filter(({ path }) => !path.endsWith('/token')).length,
    close: async () => {
      await server.stop()
      await sandboxes.close()
    },
  }
}

export const createCall = (name: string, args?: unknown): object => ({
  jsonrpc: '2.0',
  id: 1,
  method: 'tools/call',
  params: { name, ...(args !== undefined && { arguments: args }) },
})

export async function postMessage(
  url: string,
  message: object | string,
  headers: Record<string, string> = {},
): Promise<McpReply> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json, text/event-stream', ...headers },
    body: typeof message === 'string' ? message : JSON.stringify(message),
  })
  const text = await response.text()
  const json = response.headers.get('content-type')?.startsWith('text/event-stream')
    ? /^data: ([^\n]*)/m.exec(text)![1]!
    : text
  return { status: response.status, headers: response.headers, json: json === '' ? null : JSON.parse(json) }
}
