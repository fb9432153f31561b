import { FaultServer } from '../../support/fault-server.ts'
import type { ScriptedResponse, VendorRequest } from '../../support/raw-http.ts'

/** Request of a gateway to a subgraph. */
export interface SubgraphRequest {
  authorization: string | undefined
  query: string
  variables?: Record<string, unknown>
}

/** A server between gateways and Parley. It records requests and can lose responses. */
export interface SubgraphFront {
  /** URL of the subgraph. */
  url: string
  requests: SubgraphRequest[]
  /** Injects faults into the responses. */
  faults: FaultServer
}

/** Starts a server in front of `/subgraph`. @param origin Origin of Parley. */
export async function startFront(origin: string): Promise<SubgraphFront> {
  const requests: SubgraphRequest[] = []
  const faults = await FaultServer.start({
    respond: async (request) => {
      const { authorization } = request.headers
      requests.push({ authorization, ...(JSON.parse(request.body.toString()) as { query: string }) })
      return forward(request, origin)
    },
  })
  return { url: `${faults.url}/subgraph`, requests, faults }
}

/** Sends a request to Parley. */
export async function forward(
  { method, path, headers, body }: VendorRequest,
  origin: string,
): Promise<ScriptedResponse> {
  const passed = Object.entries(headers).filter(([name]) => /^(accept|authorization|content-type)$/.test(name))
  const response = await fetch(origin + path, { method, headers: Object.fromEntries(passed), body: body.toString() })
  return {
    status: response.status,
    headers: { 'Content-Type': response.headers.get('content-type') ?? 'text/plain' },
    body: await response.text(),
  }
}
