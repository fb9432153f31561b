/**
 * @generated SignedSource<<7f59a5b2ce0adb17836c9e1c2edd2682>>
 * @relayHash b4623ca5234e92b446680194a296a49d
 * @lightSyntaxTransform
 */

/* tslint:disable */
/* eslint-disable */
// @ts-nocheck

// @relayRequestID 9f669dc162d493d9ed4f17d069e184d969c7772fe6698c409ada874f1fcd493e

import type { ConcreteRequest } from 'relay-runtime';
export type ConferenceState = "ENDED" | "IDLE" | "RUNNING" | "SCHEDULED" | "UNKNOWN";
export type Outcome = "NOT_SENT" | "PENDING" | "REJECTED" | "SUCCEEDED" | "UNKNOWN";
export type RunConferenceInput = {
  clientMutationId?: string | null | undefined;
  conferenceId: string;
  idempotencyKey?: string | null | undefined;
};
export type conferenceRunMutation$variables = {
  input: RunConferenceInput;
};
export type conferenceRunMutation$data = {
  readonly runConference: {
    readonly conference: {
      readonly id: string;
      readonly state: ConferenceState;
      readonly title: string;
    } | null | undefined;
    readonly outcome: Outcome;
    readonly problems: ReadonlyArray<{
      readonly message: string;
    }>;
  };
};
export type conferenceRunMutation = {
  response: conferenceRunMutation$data;
  variables: conferenceRunMutation$variables;
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
    "alias": null,
    "args": [
      {
        "kind": "Variable",
        "name": "input",
        "variableName": "input"
      }
    ],
    "concreteType": "RunConferencePayload",
    "kind": "LinkedField",
    "name": "runConference",
    "plural": false,
    "selections": [
      {
        "alias": null,
        "args": null,
        "kind": "ScalarField",
        "name": "outcome",
        "storageKey": null
      },
      {
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
      {
        "alias": null,
        "args": null,
        "concreteType": "Conference",
        "kind": "LinkedField",
        "name": "conference",
        "plural": false,
        "selections": [
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "id",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "title",
            "storageKey": null
          },
          {
            "alias": null,
            "args": null,
            "kind": "ScalarField",
            "name": "state",
            "storageKey": null
          }
        ],
        "storageKey": null
      }
    ],
    "storageKey": null
  }
];
return {
  "fragment": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Fragment",
    "metadata": null,
    "name": "conferenceRunMutation",
    "selections": (v1/*:: as any*/),
    "type": "Mutation",
    "abstractKey": null
  },
  "kind": "Request",
  "operation": {
    "argumentDefinitions": (v0/*:: as any*/),
    "kind": "Operation",
    "name": "conferenceRunMutation",
    "selections": (v1/*:: as any*/)
  },
  "params": {
    "cacheID": "b4623ca5234e92b446680194a296a49d",
    "id": "9f669dc162d493d9ed4f17d069e184d969c7772fe6698c409ada874f1fcd493e",
    "metadata": {},
    "name": "conferenceRunMutation",
    "operationKind": "mutation",
    "text": "mutation conferenceRunMutation(\n  $input: RunConferenceInput!\n) {\n  runConference(input: $input) {\n    outcome\n    problems {\n      message\n    }\n    conference {\n      id\n      title\n      state\n    }\n  }\n}\n"
  }
};
})();

(node as any).hash = "1264ee57f34906e8af0fd879a24f7ac7";

export default node;
