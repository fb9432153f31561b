/**
 * @generated SignedSource<<c8b622c45d411c1c8f836c08983a425c>>
 * @relayHash 2905c46f19f9a2d3bd0cce764d3a8d52
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 2f05a6498bd5d4b9e9ba29db5da7afcfb8e451dbff4551044ab032df8aa282e7

import type { ConcreteRequest } from 'relay-runtime';
export type ConferenceState = "ENDED" | "IDLE" | "RUNNING" | "SCHEDULED" | "UNKNOWN";
export type liveQuery$variables = Record<PropertyKey, never>;
export type liveQuery$data = {
  readonly conferences: {
    readonly nodes: ReadonlyArray<{
      readonly account: {
        readonly label: string;
      };
      readonly id: string;
      readonly state: ConferenceState;
      readonly title: string;
    }>;
  } | null | undefined;
};
export type liveQuery = {
  response: liveQuery$data;
  variables: liveQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "kind": "Literal",
    "name": "filter",
    "value": {
      "state": [
        "RUNNING"
      ]
    }
  },
  {
    "kind": "Literal",
    "name": "first",
    "value": 20
  }
],
v1 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
},
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "title",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "state",
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "label",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": [],
    "kind": "Fragment",
    "metadata": null,
    "name": "liveQuery",
    "selections": [
      {
        "alias": null,
        "args": (v0/*:: as any*/),
        "concreteType": "ConferenceConnection",
        "kind": "LinkedField",
        "name": "conferences",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Conference",
            "kind": "LinkedField",
            "name": "nodes",
            "plural": true,
            "selections": [
              (v1/*:: as any*/),
              (v2/*:: as any*/),
              (v3/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "concreteType": "Account",
                "kind": "LinkedField",
                "name": "account",
                "plural": false,
                "selections": [
                  (v4/*:: as any*/)
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": "conferences(filter:{\"state\":[\"RUNNING\"]},first:20)"
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": [],
    "kind": "Operation",
    "name": "liveQuery",
    "selections": [
      {
        "alias": null,
        "args": (v0/*:: as any*/),
        "concreteType": "ConferenceConnection",
        "kind": "LinkedField",
        "name": "conferences",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "concreteType": "Conference",
            "kind": "LinkedField",
            "name": "nodes",
            "plural": true,
            "selections": [
              (v1/*:: as any*/),
              (v2/*:: as any*/),
              (v3/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "concreteType": "Account",
                "kind": "LinkedField",
                "name": "account",
                "plural": false,
                "selections": [
                  (v4/*:: as any*/),
                  (v1/*:: as any*/)
                ],
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": "conferences(filter:{\"state\":[\"RUNNING\"]},first:20)"
      }
    ]
  },
  "params": {
    "cacheID": "2905c46f19f9a2d3bd0cce764d3a8d52",
    "id": "2f05a6498bd5d4b9e9ba29db5da7afcfb8e451dbff4551044ab032df8aa282e7",
    "metadata": {},
    "name": "liveQuery",
    "operationKind": "query",
    "text": "query liveQuery {\n  conferences(first: 20, filter: {state: [RUNNING]}) {\n    nodes {\n      id\n      title\n      state\n      account {\n        label\n        id\n      }\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "80055885c3d625968329f3bd1c54ba9a";

export default node;
