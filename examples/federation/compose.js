// Reads the SDL of running subgraphs, and prints the supergraph:
//
//   PARLEY_API_KEY=… node compose.js parley=http://127.0.0.1:4000/subgraph employees=http://127.0.0.1:4001
//
// PARLEY_API_KEY: key of an API client with the scope `explore`, if Parley has `clients`.
import { composeServices } from '@theguild/federation-composition'
import { parse } from 'graphql'

const { PARLEY_API_KEY: key } = process.env

async function fetchSdl(url) {
  const authorization = key && url.endsWith('/subgraph') ? { authorization: `Bearer ${key}` } : {}
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...authorization },
    body: JSON.stringify({ query: '{ _service { sdl } }' }),
  })
  const { data, errors } = await response.json()
  if (errors) throw new Error(`${url}: ${errors[0].message}`)
  return data._service.sdl
}

const services = process.argv.slice(2).map(async (argument) => {
  const [, name, url] = /^(\w+)=(.+)$/.exec(argument)
  return { name, url, typeDefs: parse(await fetchSdl(url)) }
})
const { supergraphSdl, errors = [] } = composeServices(await Promise.all(services))
for (const { message } of errors) console.error(message)
if (supergraphSdl) console.log(supergraphSdl)
else process.exitCode = 1
