import { expect, test } from 'vitest';
import { parseXml } from './parse-xml.js';

test('reads what reports are made of', () => {
  expect(parseXml('<?xml version="1.0" encoding="UTF-8"?>\n<a b="&#34;c">x<d>&lt;</d>\n</a>\n')).toEqual([
    'a',
    'd',
    '/d',
    '/a',
  ]);
});

test.each([
  ['a noncharacter', '<a>\uffff</a>'],
  ['a control character', '<a>\u0000</a>'],
  ['a lone surrogate', '<a b="\ud800"></a>'],
  ['a reference to what is no character', '<a>&#0;</a>'],
  ['a bare ampersand', '<a>b & c</a>'],
  ['an unknown entity', '<a>&nbsp;</a>'],
  ['an attribute twice', '<a b="1" b="2"></a>'],
  ['an attribute without quotes', '<a b=1></a>'],
  ['less-than in an attribute', '<a b="<"></a>'],
  ['an element without an end', '<a>'],
  ['an end without a start', '<a></b></a>'],
  ['two roots', '<a></a><a></a>'],
  ['text behind the root', '<a></a>b'],
  ['the end of a section', '<a>]]></a>'],
  ['nothing', ''],
])('refuses %s', (_, xml) => {
  expect(() => parseXml(xml)).toThrow('Not XML');
});
