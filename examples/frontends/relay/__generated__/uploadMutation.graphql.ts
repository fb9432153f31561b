/**
 * @generated SignedSource<<89f65f1d4de65f74340cf7e301bd73c0>>
 * @relayHash 28cb14f98e8365591441dde4a5080f2c
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 2b051b8029f3eb55cf6ad009df85b18d57913a71f94a104746cd13364dceccb9

import type { ConcreteRequest } from 'relay-runtime';
export type Outcome = "NOT_SENT" | "PENDING" | "REJECTED" | "SUCCEEDED" | "UNKNOWN";
export type UploadFileInput = {
  clientMutationId?: string | null | undefined;
  contentType?: string | null | undefined;
  file: null;
  idempotencyKey?: string | null | undefined;
  name?: string | null | undefined;
  target: UploadTargetInput;
};
export type UploadTargetInput = {
  account: string;
  conferenceId?: never;
  userId?: never;
} | {
  account?: never;
  conferenceId: string;
  userId?: never;
} | {
  account?: never;
  conferenceId?: never;
  userId: string;
};
export type uploadMutation$variables = {
  input: UploadFileInput;
};
export type uploadMutation$data = {
  readonly uploadFile: {
    readonly file: {
      readonly name: string;
      readonly sha256: string;
    } | null | undefined;
    readonly outcome: Outcome;
    readonly problems: ReadonlyArray<{
      readonly message: string;
    }>;
  };
};
export type uploadMutation = {
  response: uploadMutation$data;
  variables: uploadMutation$variables;
};

const node: ConcreteRequest = (function(){
var v0 = [
  {
    "defaultValue": null,
    "kind": "LocalArgument",
    "name": "input"
  }
],
v1 = [
  {
    "kind": "Variable",
    "name": "input",
    "variableName": "input"
  }
],
v2 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "outcome",
  "storageKey": null
},
v3 = {
  "alias": null,
  "args": null,
  "concreteType": "Problem",
  "kind": "LinkedField",
  "name": "problems",
  "plural": true,
  "selections": [
    {
      "alias": null,
      "args": null,
      "kind": "ScalarField",
      "name": "message",
      "storageKey": null
    }
  ],
  "storageKey": null
},
v4 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "name",
  "storageKey": null
},
v5 = {
  "alias": null,
  "args": null,
  "kind": "ScalarField",
  "name": "sha256",
  "storageKey": null
};
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "uploadMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "UploadFilePayload",
        "kind": "LinkedField",
        "name": "uploadFile",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v3/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "UploadedFile",
            "kind": "LinkedField",
            "name": "file",
            "plural": false,
            "selections": [
              (v4/*:: as any*/),
              (v5/*:: as any*/)
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "uploadMutation",
    "selections": [
      {
        "alias": null,
        "args": (v1/*:: as any*/),
        "concreteType": "UploadFilePayload",
        "kind": "LinkedField",
        "name": "uploadFile",
        "plural": false,
        "selections": [
          (v2/*:: as any*/),
          (v3/*:: as any*/),
          {
            "alias": null,
            "args": null,
            "concreteType": "UploadedFile",
            "kind": "LinkedField",
            "name": "file",
            "plural": false,
            "selections": [
              (v4/*:: as any*/),
              (v5/*:: as any*/),
              {
                "alias": null,
                "args": null,
                "kind": "ScalarField",
                "name": "id",
                "storageKey": null
              }
            ],
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ]
  },
  "params": {
    "cacheID": "28cb14f98e8365591441dde4a5080f2c",
    "id": "2b051b8029f3eb55cf6ad009df85b18d57913a71f94a104746cd13364dceccb9",
    "metadata": {},
    "name": "uploadMutation",
    "operationKind": "mutation",
    "text": "mutation uploadMutation(\n  $input: UploadFileInput!\n) {\n  uploadFile(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    file {\n      name\n      sha256\n      id\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "6674d4efc68877efd133ecf4547d2435";

export default node;
