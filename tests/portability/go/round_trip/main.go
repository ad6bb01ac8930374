// Reads requests into their structs and prints them again, one to a line.
package main

import (
	"encoding/json"
	"log"
	"os"
)

type named struct {
	Request string
	Body    json.RawMessage
}

func main() {
	text, err := os.ReadFile(os.Args[1])
	if err != nil {
		log.Fatal(err)
	}
	var all []named
	if err := json.Unmarshal(text, &all); err != nil {
		log.Fatal(err)
	}
	encoder := json.NewEncoder(os.Stdout)
	for _, one := range all {
		request := requests[one.Request]()
		if err := json.Unmarshal(one.Body, request); err != nil {
			log.Fatal(one.Request, ": ", err)
		}
		if err := encoder.Encode(request); err != nil {
			log.Fatal(one.Request, ": ", err)
		}
	}
}
