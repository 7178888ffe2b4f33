/*
 * The exchange form: molecules as JSON that loses nothing. An Int is an integer of JSON, a larger one
 * `{"int":"…"}`; a Float `{"float":2.5}`; a symbol `{"symbol":"SRC"}`; tuples, lists and solutions
 * `{"tuple":[…]}`, `{"list":[…]}`, `{"solution":[[molecule, multiplicity], …]}` in canonical order.
 * Nothing here recurses, in either direction.
 */
export {
  fromJson,
  pairFromJson,
  type JsonContext,
  type PendingText,
  type RuleForm,
} from './json-read.ts'
export { parseJson, type JsonData, type JsonValue } from './json-value.ts'
export { jsonPieces, jsonText, pairsPieces, pairsToJson, toJson } from './json-write.ts'
