import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import org.openapitools.client.ApiClient;

/** Reads requests into their classes and prints them again, one to a line. */
class RoundTrip {
  public static void main(String[] arguments) throws Exception {
    ObjectMapper mapper = ApiClient.createDefaultObjectMapper();
    for (JsonNode one : mapper.readTree(new File(arguments[0]))) {
      Class<?> type = Class.forName("org.openapitools.client.model." + one.get("request").asText());
      System.out.println(mapper.writeValueAsString(mapper.treeToValue(one.get("body"), type)));
    }
  }
}
