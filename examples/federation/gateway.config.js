// Configuration of Hive Gateway.
//
// PARLEY_API_KEY: key of an API client with the scopes `read` and `write`, if Parley has `clients`.
// FORWARD_AUTHORIZATION=true: sends the `Authorization` of each caller to Parley, instead of the key.
const { PARLEY_API_KEY: key, FORWARD_AUTHORIZATION: forward, PORT: port = '4100' } = process.env
const authorization = forward === 'true' ? '{context.headers.authorization}' : key && `Bearer ${key}`

export const gatewayConfig = {
  supergraph: process.env.SUPERGRAPH ?? './supergraph.graphql',
  host: '127.0.0.1',
  port: Number(port),
  // Unlike the headers of `propagateHeaders`, these headers are also sent with a retry.
  transportEntries: authorization ? { parley: { headers: [['authorization', authorization]] } } : {},
}
