import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.openapitools.client.ApiClient;
import org.openapitools.client.ApiException;
import org.openapitools.client.api.TextToVideoApi;
import org.openapitools.client.model.ApiError;
import org.openapitools.client.model.Task;
import org.openapitools.client.model.TaskStatus;
import org.openapitools.client.model.TextToVideoModel;
import org.openapitools.client.model.TextToVideoRequest;

/** Creates a video, waits for it and downloads it, with openapi-generator's client in Java. */
class MakeVideo {
  public static void main(String[] arguments) throws Exception {
    ApiClient client = new ApiClient();
    client.updateBaseUri(arguments[0]);
    client.setRequestInterceptor(sent -> sent.header("Authorization", "Bearer " + arguments[1]));
    TextToVideoApi api = new TextToVideoApi(client);

    TextToVideoRequest body = new TextToVideoRequest();
    try {
      api.createTextToVideoTask(body);
      throw new AssertionError("a request without a prompt is not refused");
    } catch (ApiException refused) {
      ApiError error = client.getObjectMapper().readValue(refused.getResponseBody(), ApiError.class);
      System.out.println("refused " + refused.getCode() + " " + error.getCode());
    }

    body.modelName(TextToVideoModel.KLING_V3).prompt("A fox at dawn");
    Task task = api.createTextToVideoTask(body).getData();
    System.out.println(task.getTaskStatus());
    while (task.getTaskStatus() != TaskStatus.SUCCEED && task.getTaskStatus() != TaskStatus.FAILED) {
      Thread.sleep(20);
      Task asked = api.getTextToVideoTask(task.getTaskId()).getData();
      if (asked.getTaskStatus() != task.getTaskStatus()) System.out.println(asked.getTaskStatus());
      task = asked;
    }

    URI url = URI.create(task.getTaskResult().getVideos().get(0).getUrl());
    HttpRequest download = HttpRequest.newBuilder(url).build();
    HttpClient.newHttpClient().send(download, BodyHandlers.ofFile(Path.of(arguments[2])));
  }
}
