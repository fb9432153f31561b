// Apollo Gateway. It composes the supergraph when it starts:
//
//   PARLEY_API_KEY=… node apollo-gateway.js parley=http://127.0.0.1:4000/subgraph employees=http://127.0.0.1:4001
//
// PARLEY_API_KEY: key of an API client with the scopes `explore`, `read`, and `write`, if Parley has `clients`.
// FORWARD_AUTHORIZATION=true: sends the `Authorization` of each caller to Parley, instead of the key.
import { ApolloGateway, IntrospectAndCompose, RemoteGraphQLDataSource } from '@apollo/gateway'
import { ApolloServer } from '@apollo/server'
import { startStandaloneServer } from '@apollo/server/standalone'

const { PARLEY_API_KEY: key, FORWARD_AUTHORIZATION: forward, PORT: port = '4100' } = process.env
const own = key ? { authorization: `Bearer ${key}` } : {}
// No other subgraph gets the key.
const isParley = ({ url }) => url.endsWith('/subgraph')
const subgraphs = process.argv.slice(2).map((argument) => {
  const [, name, url] = /^(\w+)=(.+)$/.exec(argument)
  return { name, url }
})

class DataSource extends RemoteGraphQLDataSource {
  willSendRequest({ request, context }) {
    const { authorization } = forward === 'true' ? context : own
    if (authorization && isParley(this)) request.http.headers.set('authorization', authorization)
  }
}

const gateway = new ApolloGateway({
  supergraphSdl: new IntrospectAndCompose({
    subgraphs,
    introspectionHeaders: (service) => (isParley(service) ? own : {}),
  }),
  buildService: ({ url }) => new DataSource({ url }),
})
const { url } = await startStandaloneServer(new ApolloServer({ gateway }), {
  listen: { host: '127.0.0.1', port: Number(port) },
  context: async ({ req }) => ({ authorization: req.headers.authorization }),
})
console.log(`The gateway is ready: ${url}`)
