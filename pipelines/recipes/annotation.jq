# annotation.jq - the entities of a record as W3C Web Annotations, one a line: jq -c -f annotation.jq articles.jsonl
.id as $id | .ents[] | {
	"@context": "http://www.w3.org/ns/anno.jsonld",
	type: "Annotation",
	body: {type: "TextualBody", purpose: "tagging", value: .["label"]},
	target: {
		source: "urn:x-ntag:\($id)",
		selector: [{type: "TextQuoteSelector", exact: .text}, {type: "TextPositionSelector", start, "end"}]
	}
}
