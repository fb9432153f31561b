/**
 * @generated SignedSource<<ad679c00ab51976a7dd37254f3175465>>
 * @relayHash 6ad6291cc598e08581b86aee090ba872
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 5a684420f6d4873c9b4f33c2a19d0239f65c83efe8a771e976ec66f52965ca09

import type { ConcreteRequest } from 'relay-runtime';
import type { FragmentRefs } from "relay-runtime";
export type userRefetchQuery$variables = {
  id: string;
};
export type userRefetchQuery$data = {
  readonly node: {
    readonly " $fragmentSpreads": FragmentRefs<"user_row">;
  } | null | undefined;
};
export type userRefetchQuery = {
  response: userRefetchQuery$data;
  variables: userRefetchQuery$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "id"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "id",
    "variableName": "id"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "id",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "userRefetchQuery",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "node",
        "plural": false,
        "selections": [
          {
            "args": null,
            "kind": "FragmentSpread",
            "name": "user_row"
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Query",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "userRefetchQuery",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": null,
        "kind": "LinkedField",
        "name": "node",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "__typename",
            "storageKey": null
          },
          (v2/*:: as any*/),
          {
            "kind": "InlineFragment",
            "selections": [
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "displayName",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "email",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "phoneNumbers",
                "storageKey": null
              },
              {
                "alias": null,
                "args": null,
                "concreteType": "Account",
                "kind": "LinkedField",
                "name": "account",
                "plural": false,
                "selections": [
                  {
                    "alias": null,
                    "args": null,
                    "kind": "ScalarField",
                    "name": "label",
                    "storageKey": null
                  },
                  (v2/*:: as any*/)
                ],
                "storageKey": null
              }
            ],
            "type": "User",
            "abstractKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "6ad6291cc598e08581b86aee090ba872",
    "id": "5a684420f6d4873c9b4f33c2a19d0239f65c83efe8a771e976ec66f52965ca09",
    "metadata": {},
    "name": "userRefetchQuery",
    "operationKind": "query",
    "text": "query userRefetchQuery(\n  $id: ID!\n) {\n  node(id: $id) {\n    __typename\n    ...user_row\n    id\n  }\n}\n\nfragment user_row on User {\n  displayName\n  email\n  phoneNumbers\n  account {\n    label\n    id\n  }\n  id\n}\n"
  }
};
})();

(node as any).hash = "73d45f5244176c2ed3acef6f47cd1c74";

export default node;
