/** What can be wrong with data, for `hocl explain`; each has a page under docs/codes. */
export const dataCodes: Readonly<Record<`HOCL6${number}`, string>> = {
  HOCL620: 'This is not JSON',
  HOCL621: 'The text ends too early',
  HOCL622: 'A string of data cannot be read',
  HOCL623: 'A number of data cannot be read',
  HOCL624: 'Data nests too deeply',
  HOCL625: 'A value of data is too large',
  HOCL626: 'This is not data',
  HOCL627: 'A comma or bracket of data stands wrong',
  HOCL628: 'A multiplicity of data is not one',
  HOCL629: 'A quote in CSV stands wrong',
  HOCL630: 'A row of CSV has another number of fields',
  HOCL631: 'Not one value on each line',
  HOCL632: 'The exchange form is not right',
  HOCL633: 'The format cannot hold this molecule',
  HOCL634: 'This name cannot stand before data',
}
